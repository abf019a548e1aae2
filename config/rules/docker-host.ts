import { isIPv6 } from "node:net";
import { accept, refuse, rule, type Outcome, type Rule } from "./rule";

const UNIX = /^unix:\/\/\/[\w.@+,=~/-]+$/;
// Neither part may begin with "-": ssh would read it as an option.
const USER = /[A-Za-z_][\w.-]*/.source;
const NAME = /[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]/.source;
const SSH = new RegExp(`^ssh://(?:${USER}@)?(?<name>${NAME})(?::(?<port>\\d+))?$`);
const TCP = new RegExp(`^tcp://(?<name>${NAME}):(?<port>\\d+)$`);
const TLS_PORT = 2376;

// Each wrong form that people write, and the right one.
const CORRECTIONS: readonly (readonly [RegExp, string])[] = [
  [/^unix:\/{0,2}(?=[^/])/, "unix:///"],
  [/^(?=\/)/, "unix://"],
  [new RegExp(`^(ssh://${USER}):[^@]*@`), "$1@"],
  [/^(ssh:\/\/[^/]+)\/.*$/, "$1"],
  [new RegExp(`^(?=${USER}@)`), "ssh://"],
  [/^https?:\/\/([^/]+)\/?$/, "tcp://$1"],
  [/^(tcp:\/\/[^/]+)\/.*$/, "$1"],
  [new RegExp(`^(tcp://(?:${NAME}))$`), `$1:${TLS_PORT}`],
];

/** The address of an engine: a socket, ssh, or TCP with TLS. */
export const dockerHost: Rule<string> = rule(
  "unix:///path, ssh://[user@]host[:port], or tcp://host:port together with TLS_CERT_PATH",
  (text): Outcome<string> => {
    if (isDockerHost(text)) return accept(text);
    const right = corrected(text);
    return refuse(right && `write ${right}`);
  },
);

/** Whether a host is reached by TCP, for which the engine must ask for client certificates. */
export function isTcp(host: string): boolean {
  return host.startsWith("tcp://");
}

function isDockerHost(text: string): boolean {
  if (UNIX.test(text)) return true;
  const { name, port } = (SSH.exec(text) ?? TCP.exec(text))?.groups ?? {};
  if (name === undefined) return false;
  if (name.startsWith("[") && !isIPv6(name.slice(1, -1))) return false;
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
}

function corrected(text: string): string | undefined {
  let right = text.trim();
  for (const [wrong, replacement] of CORRECTIONS) right = right.replace(wrong, replacement);
  return right !== text && isDockerHost(right) ? right : undefined;
}
