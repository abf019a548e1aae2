import { isIP } from "node:net";

const ADDRESS =
  /^(?<scheme>[a-z][a-z0-9+.-]*:\/\/(?:[^@/\s]*@)?)?(?:(?<host>\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?|\[(?<bracketed>[0-9a-f:.]+)\](?::\d+)?|(?<bare>[0-9a-f]*:[0-9a-f:.]+))(?<rest>\/.*)?$/i;
/** RFC 1918 and RFC 4193: where the engine's networks are, and hosts behind a router. */
const PRIVATE = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\./;
const PRIVATE_IPV6 = /^f[cd][0-9a-f]{2}:/i;

/** Whether a text is the private address of a machine, or a URL that begins with one; a range in CIDR notation is none. */
export function isPeerAddress(text: string): boolean {
  const { scheme, host = "", bracketed, bare, rest = "" } = ADDRESS.exec(text)?.groups ?? {};
  const ipv6 = bracketed ?? bare ?? "";
  const range = scheme === undefined && /^\/\d+$/.test(rest);
  return !range && (PRIVATE.test(host) || (isIP(ipv6) === 6 && PRIVATE_IPV6.test(ipv6)));
}
