import { domainToASCII } from "node:url";
import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A name as DNS has it (RFC 1123, 2.1), in lower case; it may begin with `*.`. */
function isHostName(host: string): boolean {
  const labels = host.replace(/^\*\./, "").split(".");
  return host.length <= 253 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? "");
}

/** Why a text is no name of a host that visitors ask for, with a better one; undefined when it is. */
function hostNameFault(host: string): string | undefined {
  if (isHostName(host)) return undefined;
  const mended = domainToASCII(host.replace(/^[a-z]+:\/\//i, "").replace(/[:/].*$/, ""));
  const better = isHostName(mended) ? mended : "shop.example";
  return `must be a name of DNS in lower case, without scheme, port and path, got ${JSON.stringify(host)}; use "${better}"`;
}

/** @throws ConstructError `WEB_TIER_HOST` */
export function requireHostName(tier: IConstruct, host: string | undefined): void {
  const fault = host === undefined ? undefined : hostNameFault(host);
  if (fault !== undefined) throw new ConstructError("WEB_TIER_HOST", `host ${fault}`, tier);
}
