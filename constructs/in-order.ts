/** By key: in which order connections are declared is no part of a container's configuration. */
export const inOrder = <T>(values: ReadonlyMap<string, T>): T[] =>
  [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
