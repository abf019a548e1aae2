import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";
import { isRoutePath, requireBodySize } from "./route";

/** nginx's own language, taken as it is. `nginx -t` tries it on the host before anything is replaced. */
export interface Fragments {
  /** Directives of the `http` block, such as `map` and `limit_req_zone`. @default - none */
  readonly http?: string;
  /** Directives of each `server` block that visitors reach, such as `location`. @default - none */
  readonly server?: string;
}

/** How a web tier speaks HTTP. */
export interface HttpOptions {
  /**
   * Headers of every answer that a service has not set itself; `false` takes a default away.
   * @default - `X-Content-Type-Options: nosniff`, `X-Frame-Options: DENY`, `Referrer-Policy: strict-origin-when-cross-origin`
   */
  readonly headers?: Readonly<Record<string, string | false>>;
  /**
   * What is compressed: files of the site, or answers of services too. A page that holds a secret beside what a visitor sent must not be
   * compressed under TLS (BREACH, CVE-2013-3587).
   * @default "site"
   */
  readonly gzip?: "off" | "site" | "all";
  /** Largest body of a request; more is 413. @default 1 */
  readonly maxBodyMiB?: number;
  /** Paths, and all below, that visitors find missing unless a route names them: probes and figures of services. @default - `/healthz`, `/metrics` */
  readonly privatePaths?: readonly string[];
  /** A line of JSON for each request on the container's output, without query, cookies and other headers. @default true */
  readonly accessLog?: boolean;
  /** @default - none */
  readonly fragments?: Fragments;
}

/** With every default. */
export type ResolvedHttp = Required<Omit<HttpOptions, "headers">> & { readonly headers: Readonly<Record<string, string>> };

/** https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html; what restricts scripts is a site's own to say. */
const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "strict-origin-when-cross-origin",
};

/** What nginx, or TLS, says itself. */
const RESERVED =
  /^(connection|content-length|content-encoding|date|server|strict-transport-security|transfer-encoding|upgrade|cache-control)$/i;

/** @throws ConstructError `HTTP_HEADER`, `HTTP_PRIVATE_PATH`, `BODY_SIZE`, `NGINX_FRAGMENT` */
export function resolveHttp(tier: IConstruct, options: HttpOptions = {}): ResolvedHttp {
  const {
    headers = {},
    gzip = "site",
    maxBodyMiB = 1,
    privatePaths = ["/healthz", "/metrics"],
    accessLog = true,
    fragments = {},
  } = options;
  requireBodySize(tier, maxBodyMiB);
  for (const path of privatePaths) {
    if (path !== "/" && isRoutePath(path)) continue;
    const message = `private path must be below "/" and without a final slash, got ${JSON.stringify(path)}; use "/metrics"`;
    throw new ConstructError("HTTP_PRIVATE_PATH", message, tier);
  }
  for (const [name, text] of Object.entries(fragments)) requireFragment(tier, name, text as string | undefined);
  return { headers: mergeHeaders(tier, headers), gzip, maxBodyMiB, privatePaths, accessLog, fragments };
}

function mergeHeaders(tier: IConstruct, headers: Readonly<Record<string, string | false>>): Record<string, string> {
  const merged = new Map(Object.entries<string>(HEADERS).map(([name, value]) => [name.toLowerCase(), { name, value }]));
  for (const [name, value] of Object.entries(headers)) {
    requireHeader(tier, name, value);
    if (value === false) merged.delete(name.toLowerCase());
    else merged.set(name.toLowerCase(), { name, value });
  }
  return Object.fromEntries([...merged.values()].map(({ name, value }) => [name, value]));
}

function requireHeader(tier: IConstruct, name: string, value: string | false): void {
  const fail = (message: string): never => {
    throw new ConstructError("HTTP_HEADER", message, tier);
  };
  if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(name))
    fail(`header must be letters, digits and "-", got ${JSON.stringify(name)}; use "Permissions-Policy"`);
  if (RESERVED.test(name)) fail(`header must not be one that the web tier says itself, got ${JSON.stringify(name)}; leave it out`);
  if (value !== false && !/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(value))
    fail(
      `value of ${name} must be printable ASCII without blanks at its ends, got ${JSON.stringify(value)}; write it so, or false for none`,
    );
  if (value !== false && value.includes("$"))
    fail(`value of ${name} must not hold "$", which nginx reads as a variable, got ${JSON.stringify(value)}; let the service set it`);
  if (value !== false && value.length > 2048)
    fail(`value of ${name} must be at most 2048 characters, got ${String(value.length)}; shorten it`);
}

function requireFragment(tier: IConstruct, name: string, text: string | undefined): void {
  if (text === undefined || text.trim() !== "") return;
  throw new ConstructError("NGINX_FRAGMENT", `fragment ${name} must hold directives, got none; leave it out`, tier);
}
