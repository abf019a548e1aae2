const ADDRESS = /^(?<scheme>[a-z][a-z0-9+.-]*:\/\/(?:[^@/\s]*@)?)?(?<host>\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?<rest>\/.*)?$/i;
/** RFC 1918: where the engine's networks are, and hosts behind a router. */
const PRIVATE = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./;

/** Whether a text is the private address of a machine, or a URL that begins with one; a range in CIDR notation is none. */
export function isPeerAddress(text: string): boolean {
  const { scheme, host = "", rest = "" } = ADDRESS.exec(text)?.groups ?? {};
  const range = scheme === undefined && /^\/\d+$/.test(rest);
  return PRIVATE.test(host) && !range;
}
