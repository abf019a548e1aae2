import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";
import type { Service } from "../service";
import { requireHostName } from "./host-name";
import type { ProxyRoute } from "./nginx-proxy";
import type { RateLimit } from "./rate-limit";

/** Part of the URL space that a service answers. */
export interface Route {
  readonly service: Service;
  /** `/`, or a path without a final slash such as `/api`, and all below it. It is handed on unchanged. @default "/" */
  readonly path?: string;
  /** Name of the host that is asked, such as `shop.example`; `*.shop.example` is every name below it. @default - every name that no other route has */
  readonly host?: string;
  /** Lets requests become WebSockets; a connection ends after an hour of silence. @default false */
  readonly webSocket?: boolean;
  /** @default - none */
  readonly rateLimit?: RateLimit;
  /** Largest body of a request. Above 1 it is not kept to be repeated at another replica, but handed on as it comes. @default - the web tier's */
  readonly maxBodyMiB?: number;
}

/** Services by path, or routes. */
export type Routes = Readonly<Record<string, Service>> | readonly Route[];

const isList = (routes: Routes): routes is readonly Route[] => Array.isArray(routes);

/** Both ways to say them as one. */
export const routeList = (routes: Routes): readonly Route[] =>
  isList(routes) ? routes : Object.entries(routes).map(([path, service]) => ({ path, service }));

/** True for what may be a path of a route: nothing in it means anything to nginx. */
export const isRoutePath = (path: string): boolean => /^\/$|^(\/[A-Za-z0-9._~-]+)+$/.test(path);

/** @throws ConstructError `BODY_SIZE` */
export function requireBodySize(tier: IConstruct, maxBodyMiB: number): number {
  if (Number.isInteger(maxBodyMiB) && maxBodyMiB >= 1 && maxBodyMiB <= 10_240) return maxBodyMiB;
  throw new ConstructError("BODY_SIZE", `maxBodyMiB must be a whole number of 1 to 10240, got ${String(maxBodyMiB)}; use 10`, tier);
}

/**
 * Routes as nginx has them, in an order of their own.
 *
 * @throws ConstructError `WEB_TIER_ROUTE`, `WEB_TIER_HOST`, `BODY_SIZE`
 */
export function proxyRoutes(tier: IConstruct, routes: readonly Route[], maxBodyMiB: number): ProxyRoute[] {
  const taken = new Set<string>();
  const proxies = routes.map((route) => {
    const proxy = proxyRoute(tier, route, maxBodyMiB);
    if (taken.has(keyOf(proxy)))
      fail(tier, `one route must answer ${JSON.stringify(keyOf(proxy))}, got two; give one another path or host`);
    taken.add(keyOf(proxy));
    return proxy;
  });
  return proxies.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/**
 * Refuses a site and routes that would answer the same path of the same host.
 *
 * @throws ConstructError `WEB_TIER_ROUTE`
 */
export function requireDistinct(
  tier: IConstruct,
  routes: readonly Route[],
  { host, immutable = [] }: { readonly host?: string; readonly immutable?: readonly string[] },
): void {
  const answered = ["/", ...immutable].filter((path, index, all) => {
    if (all.indexOf(path) !== index) fail(tier, `immutable must name a directory once, got ${JSON.stringify(path)} twice; leave one out`);
    return routes.some((route) => route.host === host && (route.path ?? "/") === path);
  });
  for (const path of answered)
    fail(tier, `one thing must answer ${JSON.stringify(path)}, got a site and a route; move the route to "/app"`);
}

const keyOf = ({ host = "", path }: ProxyRoute): string => `${host}${path}`;

function proxyRoute(tier: IConstruct, route: Route, tierBodyMiB: number): ProxyRoute {
  const { service, path = "/", host, webSocket = false, rateLimit, maxBodyMiB = tierBodyMiB } = route;
  const { alias, port, network, node, deduplicates } = service;
  if (!isRoutePath(path)) fail(tier, `route must be a path without a final slash, got ${JSON.stringify(path)}; use "/api"`);
  requireHostName(tier, host);
  if (network === undefined) return fail(tier, `${node.path} must be on a network, got none; set its network`);
  if (port === undefined) return fail(tier, `${node.path} must serve a port, got none; set its port`);
  requireBodySize(tier, maxBodyMiB);
  return { path, alias, port, deduplicates, webSocket, maxBodyMiB, ...(host && { host }), ...(rateLimit && { rateLimit }) };
}

function fail(tier: IConstruct, message: string): never {
  throw new ConstructError("WEB_TIER_ROUTE", message, tier);
}
