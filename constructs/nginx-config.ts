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
  const body = `proxy_pass http://${upstreamName(route)};\n`;
  return route.path === "/" ? location("/", body) : location(`= ${route.path}`, body) + location(`^~ ${route.path}/`, body);
}

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
  const locations = routes.map(proxyLocations).join("") + (root === undefined ? "" : staticLocation(root));
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
${indent(TEMPORARY, 2)}${indent(PROXY, 2)}${indent([...upstreams.values()].join(""), 2)}  server {
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
