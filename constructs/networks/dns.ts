import { isIP } from "node:net";
import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";
import { requireReason, type StaticAddress } from "./static-address";

/** How a container resolves names that are none of its networks' aliases. */
export interface Dns {
  /** Addresses of name servers. @default - the engine's, which are the host's */
  readonly servers?: readonly string[];
  /** Domains that short names are looked up in. @default - the engine's */
  readonly search?: readonly string[];
  /** Options of resolv.conf(5), such as `ndots:1`. @default - the engine's */
  readonly options?: readonly string[];
  /** Names that the container knows by itself; `host-gateway` is the host's address towards containers (engine 20.10). @default - none */
  readonly extraHosts?: Readonly<Record<string, StaticAddress | "host-gateway">>;
}

const DOMAIN = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i;

/** @throws ConstructError `DNS`; `STATIC_ADDRESS` for an extra host without a reason */
export function requireDns(owner: IConstruct, { servers = [], search = [], options = [], extraHosts = {} }: Dns): void {
  const check = (holds: boolean, message: string): void => {
    if (!holds) throw new ConstructError("DNS", message, owner);
  };
  for (const server of servers) check(isIP(server) !== 0, `name server must be an address, got ${JSON.stringify(server)}; use "9.9.9.9"`);
  for (const domain of search)
    check(domain === "." || DOMAIN.test(domain), `search domain must be a name, got ${JSON.stringify(domain)}; use "example.org"`);
  for (const option of options)
    check(/^[a-z0-9-]+(:\d+)?$/.test(option), `option must be one of resolv.conf, got ${JSON.stringify(option)}; use "ndots:1"`);
  for (const [name, host] of Object.entries(extraHosts)) {
    check(DOMAIN.test(name), `extra host must be a name, got ${JSON.stringify(name)}; use "licence.example.org"`);
    if (host !== "host-gateway") requireReason(owner, host);
  }
}

/** The container's attributes for it. */
export function dnsAttributes({ servers, search, options, extraHosts = {} }: Dns): Readonly<Record<string, unknown>> {
  const hosts = Object.entries(extraHosts).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    dns: servers,
    dns_search: search,
    dns_opts: options,
    ...(hosts.length === 0 ? {} : { host: hosts.map(([host, to]) => ({ host, ip: to === "host-gateway" ? to : to.address })) }),
  };
}
