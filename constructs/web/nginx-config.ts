import { JSON_LOG } from "./nginx-log";
import { proxyPreamble } from "./nginx-proxy";
import { headerMaps, servers } from "./nginx-server";
import { GZIP } from "./nginx-site";
import { block, indent } from "./nginx-text";
import type { NginxTier } from "./nginx-tier";
import { tlsPreamble } from "./nginx-tls";

/** All that nginx writes lies in memory, so that the root stays read-only. */
const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
  .map((kind) => `${kind}_temp_path /var/cache/nginx/${kind};\n`)
  .join("");

/**
 * `keepalive_min_timeout` lets a visitor who is at work keep the connection while a worker ends after a reload; longer, and a stop would wait
 * for it. Redirects are relative, since visitors see another port.
 */
const BASE = `include /etc/nginx/mime.types;
default_type application/octet-stream;
server_tokens off;
sendfile on;
absolute_redirect off;
keepalive_min_timeout 1s;
resolver 127.0.0.11 valid=1s ipv6=off;
`;

const health = (port: number): string =>
  block(
    "server",
    `listen 127.0.0.1:${String(port)};
access_log off;
location = /healthz {
  return 200 "ok\\n";
}
location = /metrics {
  stub_status;
}
`,
  );

/** The whole nginx.conf of a web tier. */
export function nginxConfig(tier: NginxTier): string {
  const { routes, http, tls, healthPort, workers, directory } = tier;
  const body = [
    BASE,
    http.accessLog ? JSON_LOG : "access_log off;\n",
    TEMPORARY,
    http.gzip === "all" ? GZIP : "",
    tls === undefined ? "" : tlsPreamble(tls),
    headerMaps(tier),
    proxyPreamble(routes),
    http.fragments.http === undefined ? "" : `include ${directory}/http.conf;\n`,
    servers(tier),
    health(healthPort),
  ].join("");
  return `worker_processes ${String(workers)};
pid /run/nginx.pid;
error_log /dev/stderr warn;
events {
  worker_connections 1024;
}
http {
${indent(body)}}
`;
}
