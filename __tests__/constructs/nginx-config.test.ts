import { nginxConfig, type NginxSite } from "../../constructs/nginx-config";

const BASE: NginxSite = { routes: [], port: 8080, healthPort: 8081, workers: 1 };

/** The lines of the public server. */
const server = (site: Partial<NginxSite>): string =>
  /listen 8080;\n([\s\S]*?)\n {2}\}\n/.exec(nginxConfig({ ...BASE, ...site }))?.[1] ?? "";

describe("nginxConfig", () => {
  it("sends a path and all below it to its service, unchanged", () => {
    const routes = [
      { path: "/", alias: "shop", port: 3000 },
      { path: "/api", alias: "api", port: 3001 },
    ];
    expect(server({ routes })).toMatchInlineSnapshot(`
      "    location / {
            proxy_pass http://shop_3000;
            error_page 502 = @shop_3000;
          }
          location = /api {
            proxy_pass http://api_3001;
            error_page 502 = @api_3001;
          }
          location ^~ /api/ {
            proxy_pass http://api_3001;
            error_page 502 = @api_3001;
          }
          location @shop_3000 {
            if ($none_reached = 0) {
              return 502;
            }
            proxy_pass http://shop_3000;
          }
          location @api_3001 {
            if ($none_reached = 0) {
              return 502;
            }
            proxy_pass http://api_3001;
          }"
    `);
  });

  it("resolves each alias anew, and once for two paths of one service", () => {
    const routes = ["/a", "/b"].map((path) => ({ path, alias: "shop", port: 3000 }));
    expect(nginxConfig({ ...BASE, routes }).match(/upstream \S+ \{/g)).toEqual(["upstream shop_3000 {"]);
    expect(nginxConfig({ ...BASE, routes })).toContain("server shop:3000 resolve max_fails=0;");
  });

  it("serves files, and 404 for what is none", () => {
    expect(server({ root: "/site" })).toMatchInlineSnapshot(`
      "    location / {
            root /site;
            index index.html;
            try_files $uri $uri/ =404;
          }"
    `);
  });

  it("has as many braces open as closed", () => {
    const text = nginxConfig({ ...BASE, root: "/site", routes: [{ path: "/api", alias: "api", port: 1 }] });
    expect(text.split("{").length).toBe(text.split("}").length);
  });
});
