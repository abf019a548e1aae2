/** Part of the URL space that is answered by replicas behind an alias. */
export interface ProxyRoute {
  /** `/`, or a path without a final slash such as `/api`. */
  readonly path: string;
  readonly alias: string;
  readonly port: number;
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

/** `resolve` follows the alias while replicas come and go, and lets nginx start before the first one is there; it needs nginx 1.27.3. */
const upstream = (route: ProxyRoute): string => `upstream ${upstreamName(route)} {
  zone ${upstreamName(route)} 64k;
  server ${route.alias}:${String(route.port)} resolve max_fails=0;
}
`;

const location = (match: string, body: string): string => `location ${match} {\n${indent(body, 2)}}\n`;

function proxyLocations(route: ProxyRoute): string {
  const name = upstreamName(route);
  const body = `proxy_pass http://${name};\nerror_page 502 = @${name};\n`;
  return route.path === "/" ? location("/", body) : location(`= ${route.path}`, body) + location(`^~ ${route.path}/`, body);
}

/**
 * nginx gives up a request with 502 when its replicas are resolved anew between two of its tries, as happens while they are replaced: it has
 * reached none then, and `$upstream_addr` ends in the name of the upstream. Such a request starts again, once.
 */
const NONE_REACHED = "map $upstream_addr $none_reached {\n  default 0;\n  ~_[0-9]+$ 1;\n}\n";

const againLocation = (name: string): string =>
  location(`@${name}`, `if ($none_reached = 0) {\n  return 502;\n}\nproxy_pass http://${name};\n`);

const staticLocation = (root: string): string => location("/", `root ${root};\nindex index.html;\ntry_files $uri $uri/ =404;\n`);

/** A request is repeated at another replica when the first did not take it, so that a replacement loses none. */
const PROXY = `proxy_http_version 1.1;
proxy_set_header Connection "";
proxy_set_header Host $http_host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header X-Forwarded-Proto $scheme;
proxy_set_header X-Request-ID $request_id;
proxy_connect_timeout 1s;
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
  const again = [...upstreams.keys()].map(againLocation).join("");
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
${indent(TEMPORARY, 2)}${indent(PROXY, 2)}${indent(NONE_REACHED, 2)}${indent([...upstreams.values()].join(""), 2)}  server {
    listen ${String(port)};
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
