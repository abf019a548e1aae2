/** The numeric user and group that a container's process runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}
