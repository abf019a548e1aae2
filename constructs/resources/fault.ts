/** What is wrong: becomes a ConstructError at its construct. */
export interface Fault {
  readonly code: string;
  readonly message: string;
}
