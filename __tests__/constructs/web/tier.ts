import type { ResolvedHttp } from "../../../constructs/web/http-options";
import type { ProxyRoute } from "../../../constructs/web/nginx-proxy";
import type { NginxTier } from "../../../constructs/web/nginx-tier";
import type { NginxTls } from "../../../constructs/web/nginx-tls";

export const PLAIN_HTTP: ResolvedHttp = { headers: {}, gzip: "off", maxBodyMiB: 1, privatePaths: [], accessLog: false, fragments: {} };

/** A tier that says no more than it must. */
export const PLAIN_TIER: NginxTier = {
  routes: [],
  http: PLAIN_HTTP,
  port: 8080,
  tlsPort: 8443,
  healthPort: 8081,
  workers: 1,
  directory: "/etc/docker-tiers",
};

export const SHOP_ROUTE: ProxyRoute = { path: "/", alias: "shop", port: 3000, deduplicates: false, webSocket: false, maxBodyMiB: 1 };

export const TLS: NginxTls = {
  certificate: "/certificate/fullchain.pem",
  key: "/certificate/privkey.pem",
  profile: "intermediate",
  hsts: "max-age=63072000",
  publicPort: 443,
};
