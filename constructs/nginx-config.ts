/** Part of the URL space that is answered by replicas behind an alias. */
export interface ProxyRoute {
  /** `/`, or a path without a final slash such as `/api`. */
  readonly path: string;
  readonly alias: string;
  readonly port: number;
  /** Whether the service knows a repeated request by its `X-Request-ID`. */
  readonly deduplicates: boolean;
}

/** What the web tier's nginx serves. */
export interface NginxSite {
  readonly routes: readonly ProxyRoute[];
  /** Directory in the container that holds static files. */
  readonly root?: string;
  readonly port: number;
  /** Port on the container's loopback that answers `/healthz`. */
  readonly healthPort: number;
  readonly workers: number;
}

const indent = (text: string, spaces: number): string => text.replace(/^(?=.)/gm, " ".repeat(spaces));

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

const location = (match: string, body: string): string => `location ${match} {\n${indent(body, 2)}}\n`;

const AGAIN = "error_page 502 = $on_bad_gateway;\nerror_page 504 = $on_timeout;\n";

function proxyLocations(route: ProxyRoute): string {
  const name = upstreamName(route);
  const variables = `set $service ${name};\nset $deduplicates ${route.deduplicates ? "1" : "0"};\n`;
  const body = `${variables}proxy_pass http://${name};\n${AGAIN}`;
  return route.path === "/" ? location("/", body) : location(`= ${route.path}`, body) + location(`^~ ${route.path}/`, body);
}

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
  default @again;
  ~^over @bad_gateway;
  "~^left some 0 (POST|PATCH|LOCK)$" @bad_gateway;
}
map "$rounds $reached" $on_timeout {
  volatile;
  default @timeout;
  "left none" @again;
}
`;

const AGAIN_LOCATIONS =
  location("@again", `proxy_pass http://$service;\n${AGAIN}`) +
  location("@bad_gateway", "return 502;\n") +
  location("@timeout", "return 504;\n");

const staticLocation = (root: string): string => location("/", `root ${root};\nindex index.html;\ntry_files $uri $uri/ =404;\n`);

/**
 * Within a round, a request is repeated at another replica when the first did not take it. A POST, PATCH or LOCK that may have arrived is not:
 * that is for {@link ROUNDS} to decide. The kernel of a replica that runs answers a connection at once, however busy the replica is.
 */
const PROXY = `proxy_http_version 1.1;
proxy_set_header Connection close;
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
`;

/** All that nginx writes lies in memory, so that the root stays read-only. */
const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
  .map((kind) => `${kind}_temp_path /var/cache/nginx/${kind};\n`)
  .join("");

/** The whole nginx.conf of a web tier. */
export function nginxConfig({ routes, root, port, healthPort, workers }: NginxSite): string {
  const upstreams = new Map(routes.map((route) => [upstreamName(route), upstream(route)]));
  const again = routes.length === 0 ? "" : AGAIN_LOCATIONS;
  const locations = routes.map(proxyLocations).join("") + again + (root === undefined ? "" : staticLocation(root));
  return `worker_processes ${String(workers)};
pid /run/nginx.pid;
error_log /dev/stderr warn;
events {
  worker_connections 1024;
}
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  access_log /dev/stdout;
  server_tokens off;
  sendfile on;
  client_max_body_size 1m;
  resolver 127.0.0.11 valid=1s ipv6=off;
${indent(TEMPORARY, 2)}${indent(PROXY, 2)}${indent(ROUNDS, 2)}${indent([...upstreams.values()].join(""), 2)}  server {
    listen ${String(port)};
    recursive_error_pages on;
${indent(locations, 4)}  }
  server {
    listen 127.0.0.1:${String(healthPort)};
    access_log off;
    location = /healthz {
      return 200 "ok\\n";
    }
  }
}
`;
}
