import type { IConstruct } from "constructs";
import type { PublishedPort } from "../container-spec";
import { ConstructError } from "../errors";

/** Where the host listens for the web tier. */
export interface Publish {
  /** With TLS that of https. */
  readonly port: number;
  /** Address of the host; `0.0.0.0` is every one. @default "127.0.0.1" */
  readonly address?: string;
  /** With TLS: port of plain HTTP, which sends visitors on to https. @default - none */
  readonly redirectPort?: number;
}

/** Ports of the container, above 1023, so that no capability is needed on any engine. */
export const PORTS = { http: 8080, https: 8443, health: 8081 } as const;

/** @throws ConstructError `WEB_TIER_REDIRECT` for a port that would send visitors to where nobody listens */
export function publishedPorts(tier: IConstruct, publish: Publish | undefined, tls: boolean): PublishedPort[] {
  if (publish === undefined) return [];
  const { port, address = "127.0.0.1", redirectPort } = publish;
  const fail = (message: string): never => {
    throw new ConstructError("WEB_TIER_REDIRECT", message, tier);
  };
  if (redirectPort !== undefined && !tls) fail("redirectPort must go with tls, got none; give tls, or leave redirectPort out");
  if (redirectPort === port) fail(`redirectPort must differ from port, got ${String(port)} twice; use 80`);
  const main = { containerPort: tls ? PORTS.https : PORTS.http, hostPort: port, address };
  return redirectPort === undefined ? [main] : [main, { containerPort: PORTS.http, hostPort: redirectPort, address }];
}

/** Where a browser on the host finds it. */
export function publicUrl({ port, address = "127.0.0.1" }: Publish, tls: boolean): string {
  const everywhere = address === "0.0.0.0" || address === "::";
  const host = everywhere ? "localhost" : address.includes(":") ? `[${address}]` : address;
  return `${tls ? "https" : "http"}://${host}:${String(port)}/`;
}
