import { nginxConfig, type NginxSite } from "../../constructs/nginx-config";

const BASE: NginxSite = { routes: [], port: 8080, healthPort: 8081, workers: 1 };

/** The lines of the public server. */
const server = (site: Partial<NginxSite>): string =>
  /listen 8080;\n([\s\S]*?)\n {2}\}\n/.exec(nginxConfig({ ...BASE, ...site }))?.[1] ?? "";

describe("nginxConfig", () => {
  it("sends a path and all below it to its service, unchanged", () => {
    const routes = [
      { path: "/", alias: "shop", port: 3000, deduplicates: true },
      { path: "/api", alias: "api", port: 3001, deduplicates: false },
    ];
    expect(server({ routes })).toMatchInlineSnapshot(`
      "    recursive_error_pages on;
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
          }"
    `);
  });

  it("resolves each alias anew, and once for two paths of one service", () => {
    const routes = ["/a", "/b"].map((path) => ({ path, alias: "shop", port: 3000, deduplicates: false }));
    expect(nginxConfig({ ...BASE, routes }).match(/upstream \S+ \{/g)).toEqual(["upstream shop_3000 {"]);
    expect(nginxConfig({ ...BASE, routes })).toContain("server shop:3000 resolve max_fails=0;");
  });

  it("keeps no connection to a replica, which could end it with a request on its way", () => {
    const text = nginxConfig({ ...BASE, routes: [{ path: "/", alias: "shop", port: 3000, deduplicates: true }] });
    expect(text).toContain("keepalive_requests 1;");
    expect(text).toContain("proxy_set_header Connection close;");
  });

  it("serves files, and 404 for what is none", () => {
    expect(server({ root: "/site" })).toMatchInlineSnapshot(`
      "    recursive_error_pages on;
          location / {
            root /site;
            index index.html;
            try_files $uri $uri/ =404;
          }"
    `);
  });

  it("has as many braces open as closed", () => {
    const text = nginxConfig({ ...BASE, root: "/site", routes: [{ path: "/api", alias: "api", port: 1, deduplicates: false }] });
    expect(text.split("{").length).toBe(text.split("}").length);
  });
});
