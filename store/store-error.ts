/** What is wrong with a store of secrets, its keys or the surroundings; the message is a whole sentence and holds no value. */
export class StoreError extends Error {
  /** Stable upper-case identifier, such as `SECRET_LOCKED`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.name = "StoreError";
    this.code = code;
  }
}
