import { block } from "./nginx-text";
import type { RateLimit } from "./rate-limit";

/** Part of the URL space that is answered by replicas behind an alias. */
export interface ProxyRoute {
  /** `/`, or a path without a final slash such as `/api`. */
  readonly path: string;
  /** @default - every name that no other route has */
  readonly host?: string;
  readonly alias: string;
  readonly port: number;
  /** Whether the service knows a repeated request by its `X-Request-ID`. */
  readonly deduplicates: boolean;
  readonly webSocket: boolean;
  readonly maxBodyMiB: number;
  readonly rateLimit?: RateLimit;
}

const upstreamName = ({ alias, port }: ProxyRoute): string => `${alias}_${String(port)}`;

/**
 * `resolve` follows the alias while replicas come and go, and lets nginx start before the first one is there; it needs nginx 1.27.3.
 * Each connection serves one request: a kept one may be closed by a stopping replica while a request is on its way, and nginx would not know
 * whether that was taken. `keepalive 0` says the same, but nginx before 1.29.7 refuses it.
 */
const upstream = (route: ProxyRoute): string => `upstream ${upstreamName(route)} {
  zone ${upstreamName(route)} 64k;
  server ${route.alias}:${String(route.port)} resolve max_fails=0;
  keepalive_requests 1;
}
`;

/** Each once, in the order of the routes. */
const upstreams = (routes: readonly ProxyRoute[]): string =>
  [...new Map(routes.map((route) => [upstreamName(route), upstream(route)])).values()].join("");

const AGAIN = "error_page 502 = $on_bad_gateway;\nerror_page 504 = $on_timeout;\n";
/** A connection may be silent for longer than an answer may take. */
const SOCKET = "proxy_read_timeout 1h;\nproxy_send_timeout 1h;\n";

/** nginx's own limit, too. Above this a body is handed on as it comes: nginx would keep it in memory, where its read-only root leaves room. */
const KEPT_BODY_MIB = 1;

const zoneName = (index: number): string => `route_${String(index)}`;

/** A megabyte holds the addresses of about 8,000 visitors (ngx_http_limit_req_module). */
const rateZones = (routes: readonly ProxyRoute[]): string =>
  routes
    .map(({ rateLimit }, index) =>
      rateLimit === undefined ? "" : `limit_req_zone $binary_remote_addr zone=${zoneName(index)}:1m rate=${rateLimit.rate};\n`,
    )
    .join("");

/** What the locations of routes need in the `http` block. */
export const proxyPreamble = (routes: readonly ProxyRoute[]): string =>
  routes.length === 0 ? "" : PROXY + WEB_SOCKETS + ROUNDS + rateZones(routes) + upstreams(routes);

/** The locations of one route. @param index - its place among all routes */
export function proxyLocations(route: ProxyRoute, index: number): string {
  const { path, deduplicates, webSocket, rateLimit, maxBodyMiB } = route;
  const streams = maxBodyMiB > KEPT_BODY_MIB;
  const body = [
    `set $service ${upstreamName(route)};\nset $deduplicates ${deduplicates ? "1" : "0"};\n`,
    webSocket ? `set $upgrade $web_socket;\nset $again @again_socket;\n${SOCKET}` : "",
    rateLimit === undefined ? "" : `limit_req zone=${zoneName(index)} burst=${String(rateLimit.burst)} nodelay;\n`,
    streams ? `client_max_body_size ${String(maxBodyMiB)}m;\nproxy_request_buffering off;\n` : "",
    `proxy_pass http://${upstreamName(route)};\n`,
    // What has not been kept cannot start a new round.
    streams ? "" : AGAIN,
  ].join("");
  return path === "/" ? block("location /", body) : block(`location = ${path}`, body) + block(`location ^~ ${path}/`, body);
}

/** Where the rounds of a server's routes go on. */
export function againLocations(routes: readonly ProxyRoute[]): string {
  if (routes.length === 0) return "";
  const again = (name: string, timeouts: string): string => block(`location ${name}`, `${timeouts}proxy_pass http://$service;\n${AGAIN}`);
  return (
    again("@again", "") +
    (routes.some(({ webSocket }) => webSocket) ? again("@again_socket", SOCKET) : "") +
    block("location @bad_gateway", "return 502;\n") +
    block("location @timeout", "return 504;\n")
  );
}

/** Nothing else is an upgrade that a replica gets to see. */
const WEB_SOCKETS = `map $http_upgrade $web_socket {
  default "";
  ~*^websocket$ websocket;
}
map $upgrade $connection_header {
  default upgrade;
  "" close;
}
`;

/**
 * A round of tries ends without an answer when its replicas have gone, or are resolved anew meanwhile, as happens while they are replaced.
 * The request then starts a new round, up to 4 times, if it has reached none of them, or may be repeated after it did. What has once been
 * repeated never starts again after a timeout of an answer.
 */
const ROUNDS = `map $upstream_addr $rounds {
  volatile;
  default left;
  "~( : .*){4}" over;
}
map $upstream_bytes_sent $reached {
  volatile;
  default some;
  "~^[-0 ,:]*$" none;
}
map "$rounds $reached $deduplicates $request_method" $on_bad_gateway {
  volatile;
  default $again;
  ~^over @bad_gateway;
  "~^left some 0 (POST|PATCH|LOCK)$" @bad_gateway;
}
map "$rounds $reached" $on_timeout {
  volatile;
  default @timeout;
  "left none" $again;
}
`;

/**
 * Within a round, a request is repeated at another replica when the first did not take it. A POST, PATCH or LOCK that may have arrived is not:
 * that is for {@link ROUNDS} to decide. The kernel of a replica that runs answers a connection at once, however busy the replica is.
 */
const PROXY = `proxy_http_version 1.1;
proxy_set_header Connection $connection_header;
proxy_set_header Upgrade $upgrade;
proxy_set_header Host $http_host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header X-Request-ID $request_id;
proxy_connect_timeout 500ms;
proxy_read_timeout 60s;
proxy_next_upstream error timeout http_502 http_503 http_504;
proxy_next_upstream_tries 3;
proxy_max_temp_file_size 0;
limit_req_status 429;
`;
