import { nginxConfig } from "../../../constructs/web/nginx-config";
import type { NginxTier } from "../../../constructs/web/nginx-tier";
import { RateLimit } from "../../../constructs";
import { PLAIN_HTTP, PLAIN_TIER, SHOP_ROUTE, TLS } from "./tier";

const config = (tier: Partial<NginxTier>): string => nginxConfig({ ...PLAIN_TIER, ...tier });

/** The server blocks that visitors reach, without the one for probes. */
const servers = (tier: Partial<NginxTier>): string[] =>
  [...config(tier).matchAll(/^ {2}server \{\n([\s\S]*?)\n {2}\}$/gm)].map(([, body = ""]) => body.replace(/^ {4}/gm, "")).slice(0, -1);

describe("nginxConfig", () => {
  it("sends a path and all below it to its service, unchanged", () => {
    const routes = [
      { ...SHOP_ROUTE, deduplicates: true },
      { ...SHOP_ROUTE, path: "/api", alias: "api", port: 3001 },
    ];
    expect(servers({ routes })).toMatchInlineSnapshot(`
      [
        "listen 8080 default_server;
      recursive_error_pages on;
      set $upgrade "";
      set $again @again;
      location / {
        set $service shop_3000;
        set $deduplicates 1;
        proxy_pass http://shop_3000;
        error_page 502 = $on_bad_gateway;
        error_page 504 = $on_timeout;
      }
      location = /api {
        set $service api_3001;
        set $deduplicates 0;
        proxy_pass http://api_3001;
        error_page 502 = $on_bad_gateway;
        error_page 504 = $on_timeout;
      }
      location ^~ /api/ {
        set $service api_3001;
        set $deduplicates 0;
        proxy_pass http://api_3001;
        error_page 502 = $on_bad_gateway;
        error_page 504 = $on_timeout;
      }
      location @again {
        proxy_pass http://$service;
        error_page 502 = $on_bad_gateway;
        error_page 504 = $on_timeout;
      }
      location @bad_gateway {
        return 502;
      }
      location @timeout {
        return 504;
      }",
      ]
    `);
  });

  it("resolves each alias anew, and once for two paths of one service", () => {
    const routes = ["/a", "/b"].map((path) => ({ ...SHOP_ROUTE, path }));
    expect(config({ routes }).match(/upstream \S+ \{/g)).toEqual(["upstream shop_3000 {"]);
    expect(config({ routes })).toContain("server shop:3000 resolve max_fails=0;");
  });

  it("keeps no connection to a replica, which could end it with a request on its way", () => {
    const text = config({ routes: [SHOP_ROUTE] });
    expect(text).toContain("keepalive_requests 1;");
    expect(text).toContain("proxy_set_header Connection $connection_header;");
  });

  it("serves files that browsers ask for again each time, and 404 for what is none", () => {
    expect(servers({ site: { root: "/site" } })).toMatchInlineSnapshot(`
      [
        "listen 8080 default_server;
      set $cache_control "";
      add_header Cache-Control $cache_control;
      location / {
        root /site;
        index index.html;
        set $cache_control "no-cache";
        try_files $uri $uri/ =404;
      }",
      ]
    `);
  });

  it("serves files for a while, some for a year, and one for all paths that are none", () => {
    const site = { root: "/site", cacheSeconds: 60, immutable: ["/assets"], fallback: "/index.html" };
    const [server = ""] = servers({ site, http: { ...PLAIN_HTTP, gzip: "site" } });
    expect(server.slice(server.indexOf("location"))).toMatchInlineSnapshot(`
      "location / {
        root /site;
        index index.html;
        set $cache_control "max-age=60";
        gzip on;
        gzip_comp_level 5;
        gzip_min_length 1024;
        gzip_proxied any;
        gzip_vary on;
        gzip_types text/css text/plain text/javascript application/javascript application/json application/manifest+json application/xml application/wasm image/svg+xml;
        try_files $uri $uri/ /index.html;
      }
      location ^~ /assets/ {
        root /site;
        index index.html;
        set $cache_control "public, max-age=31536000, immutable";
        gzip on;
        gzip_comp_level 5;
        gzip_min_length 1024;
        gzip_proxied any;
        gzip_vary on;
        gzip_types text/css text/plain text/javascript application/javascript application/json application/manifest+json application/xml application/wasm image/svg+xml;
        try_files $uri $uri/ =404;
      }"
    `);
  });

  it("has a server for each host, and 421 for the rest", () => {
    const routes = [{ ...SHOP_ROUTE, host: "shop.example" }];
    const all = servers({ routes, site: { root: "/site", host: "www.shop.example" } });
    expect(all.map((server) => server.split("\n").slice(0, 2))).toMatchInlineSnapshot(`
      [
        [
          "listen 8080;",
          "server_name shop.example;",
        ],
        [
          "listen 8080;",
          "server_name www.shop.example;",
        ],
        [
          "listen 8080 default_server;",
          "return 421;",
        ],
      ]
    `);
  });

  it("with TLS speaks HTTP/2, and sends plain HTTP on to the public port", () => {
    const [, redirect] = servers({ routes: [SHOP_ROUTE], tls: { ...TLS, publicPort: 8443 } });
    expect(
      servers({ routes: [SHOP_ROUTE], tls: TLS })[0]
        ?.split("\n")
        .slice(0, 6),
    ).toMatchInlineSnapshot(`
      [
        "listen 8443 ssl default_server;",
        "http2 on;",
        "recursive_error_pages on;",
        "set $upgrade "";",
        "set $again @again;",
        "add_header Strict-Transport-Security $header_strict_transport_security always;",
      ]
    `);
    expect(redirect).toMatchInlineSnapshot(`
      "listen 8080 default_server;
      return 308 https://$host:8443$request_uri;"
    `);
  });

  it("with TLS shows no certificate to who asks for another name", () => {
    const routes = [{ ...SHOP_ROUTE, host: "shop.example" }];
    expect(servers({ routes, tls: TLS }).slice(1)).toMatchInlineSnapshot(`
      [
        "listen 8443 ssl default_server;
      http2 on;
      ssl_reject_handshake on;
      return 421;",
        "listen 8080;
      server_name shop.example;
      return 308 https://$host$request_uri;",
        "listen 8080 default_server;
      return 421;",
      ]
    `);
  });

  it("speaks TLS as Mozilla's guideline 6.0 says", () => {
    const directives = (profile: "modern" | "intermediate") =>
      config({ routes: [SHOP_ROUTE], tls: { ...TLS, profile } }).match(/^ {2}ssl_.*$/gm);
    expect(directives("intermediate")).toMatchInlineSnapshot(`
      [
        "  ssl_certificate /certificate/fullchain.pem;",
        "  ssl_certificate_key /certificate/privkey.pem;",
        "  ssl_protocols TLSv1.2 TLSv1.3;",
        "  ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;",
        "  ssl_ecdh_curve X25519MLKEM768:X25519:prime256v1:secp384r1;",
        "  ssl_prefer_server_ciphers off;",
        "  ssl_session_timeout 1d;",
        "  ssl_session_cache shared:tls:10m;",
      ]
    `);
    expect(directives("modern")).toContain("  ssl_protocols TLSv1.3;");
    expect(directives("modern")?.join("")).not.toContain("ssl_ciphers");
  });

  it("lets a route be a WebSocket, limits its rate and takes larger bodies as they come", () => {
    const routes = [{ ...SHOP_ROUTE, webSocket: true, rateLimit: RateLimit.perSecond(5, 20), maxBodyMiB: 50 }];
    const [server = ""] = servers({ routes });
    expect(server.slice(server.indexOf("location / "), server.indexOf("location @again "))).toMatchInlineSnapshot(`
      "location / {
        set $service shop_3000;
        set $deduplicates 0;
        set $upgrade $web_socket;
        set $again @again_socket;
        proxy_read_timeout 1h;
        proxy_send_timeout 1h;
        limit_req zone=route_0 burst=20 nodelay;
        client_max_body_size 50m;
        proxy_request_buffering off;
        proxy_pass http://shop_3000;
      }
      "
    `);
    expect(config({ routes })).toContain("limit_req_zone $binary_remote_addr zone=route_0:1m rate=5r/s;");
  });

  it("sets a header only where the service has not", () => {
    const text = config({ routes: [SHOP_ROUTE], http: { ...PLAIN_HTTP, headers: { "X-Frame-Options": 'a "b" \\' } } });
    expect(text).toContain('map $upstream_http_x_frame_options $header_x_frame_options {\n    default "";\n    "" "a \\"b\\" \\\\";');
    expect(text).toContain("add_header X-Frame-Options $header_x_frame_options always;");
  });

  it("hides private paths unless a route names them", () => {
    const routes = [SHOP_ROUTE, { ...SHOP_ROUTE, path: "/metrics" }];
    const [server = ""] = servers({ routes, http: { ...PLAIN_HTTP, privatePaths: ["/healthz", "/metrics"] } });
    expect(server).toContain("location = /healthz {\n  return 404;\n}\nlocation ^~ /healthz/ {\n  return 404;\n}");
    expect(server.match(/location = \/metrics/g)).toHaveLength(1);
  });

  it("logs nothing that may be secret", () => {
    const text = config({ routes: [SHOP_ROUTE], http: { ...PLAIN_HTTP, accessLog: true } });
    const format = /log_format json_lines escape=json '(.*)';/.exec(text)?.[1] ?? "";
    expect(format).toMatchInlineSnapshot(
      `"{"time":"$time_iso8601","id":"$request_id","address":"$remote_addr","method":"$request_method","scheme":"$scheme","host":"$host","path":"$path_alone","protocol":"$server_protocol","tls":"$ssl_protocol","upstream":"$upstream_addr","upstreamStatus":"$upstream_status","upstreamSeconds":"$upstream_response_time","userAgent":"$http_user_agent","status":$status_number,"bytes":$body_bytes_sent,"seconds":$request_time}"`,
    );
    expect(format).not.toMatch(/cookie|authorization|\$args|\$request\b|\$request_uri|referer/i);
  });

  it("has as many braces open as closed", () => {
    const text = config({ site: { root: "/site" }, routes: [{ ...SHOP_ROUTE, path: "/api" }], tls: TLS });
    expect(text.split("{").length).toBe(text.split("}").length);
  });
});
