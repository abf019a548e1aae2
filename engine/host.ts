import { EngineHostError } from "./error";

/** A host that is logged in to. */
export interface SshHost {
  readonly kind: "ssh";
  readonly user?: string;
  readonly hostname: string;
  readonly port?: number;
  /** The engine's socket over there. @default - as the docker command finds it */
  readonly socket?: string;
}

/** Where an engine listens and how it is reached. */
export type EngineHost =
  { readonly kind: "unix"; readonly path: string } | SshHost | { readonly kind: "tls"; readonly hostname: string; readonly port: number };

export const DEFAULT_HOST = "unix:///var/run/docker.sock";

const ACCEPTED = "unix:///path/to.sock, ssh://user@host[:port][/path/to.sock] or tcp://host:2376 with TLS certificates";
const TLS_PORT = 2376;

/**
 * Reads the address of an engine.
 * @param tls whether TLS material is given: without it a `tcp://` address is refused
 * @throws EngineHostError when the address is malformed, or plain tcp
 */
export function parseHost(address: string, tls: boolean): EngineHost {
  const unix = /^unix:\/\/(\/.+)$/.exec(address);
  if (unix?.[1]) return { kind: "unix", path: unix[1] };
  const url = parseUrl(address);
  if (url.protocol === "ssh:") return sshHost(url, address);
  if (url.protocol === "tcp:" || url.protocol === "https:") return tlsHost(url, address, tls);
  throw malformed(address);
}

function parseUrl(address: string): URL {
  try {
    return new URL(address);
  } catch (cause) {
    throw malformed(address, cause);
  }
}

function malformed(address: string, cause?: unknown): EngineHostError {
  return new EngineHostError(`DOCKER_HOST_MALFORMED: host must be ${ACCEPTED}, got ${JSON.stringify(address)}`, { cause });
}

function sshHost(url: URL, address: string): EngineHost {
  // A leading dash would be read by ssh as an option, and what is no plain path by the shell over there.
  if (url.hostname === "" || url.hostname.startsWith("-") || url.username.startsWith("-")) throw malformed(address);
  if (url.password !== "" || !/^\/?$|^(\/[\w.@+,=~-]+)+$/.test(url.pathname)) throw malformed(address);
  const user = url.username ? { user: decodeURIComponent(url.username) } : {};
  const port = url.port ? { port: Number(url.port) } : {};
  const socket = url.pathname.length > 1 ? { socket: url.pathname } : {};
  return { kind: "ssh", hostname: stripBrackets(url.hostname), ...user, ...port, ...socket };
}

function tlsHost(url: URL, address: string, tls: boolean): EngineHost {
  if (url.hostname === "") throw malformed(address);
  if (!tls) {
    throw new EngineHostError(
      `DOCKER_HOST_PLAIN_TCP: host must not be plain tcp, got ${JSON.stringify(address)}; whoever reaches that port is root on the machine: ` +
        `use ssh://user@${url.hostname}, or give client certificates (cert_path, or ca_material, cert_material and key_material)`,
    );
  }
  const port = url.port ? Number(url.port) : TLS_PORT;
  return { kind: "tls", hostname: stripBrackets(url.hostname), port };
}

function stripBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
