import type { TerraformStack } from "cdktf";
import { BridgeNetwork, Health, RateLimit, type Route, Service, Site, Tls, type WebTierProps } from "../../../constructs";
import { inStack, shopImage } from "../synth";
import { reachableService, service, tier } from "./declared";

const fails = (props: (stack: TerraformStack) => Partial<WebTierProps>) => () => inStack((stack) => tier(stack, props(stack)));

const shop = (stack: TerraformStack, route: Partial<Route>, id = "Shop"): Route => ({ service: reachableService(stack, id), ...route });

describe("WebTier", () => {
  it.each<[string, (stack: TerraformStack) => Partial<WebTierProps>, string]>([
    [
      "nothing to serve",
      () => ({}),
      'WEB_TIER_EMPTY: web tier must serve something, got neither routes nor a site; add routes: { "/": service } (at dev/Web)',
    ],
    [
      "a site and a route at the root",
      (stack) => ({ site: ".", routes: { "/": service(stack) } }),
      'WEB_TIER_ROUTE: one thing must answer "/", got a site and a route; move the route to "/app" (at dev/Web)',
    ],
    [
      "a final slash",
      (stack) => ({ routes: { "/api/": service(stack) } }),
      'WEB_TIER_ROUTE: route must be a path without a final slash, got "/api/"; use "/api" (at dev/Web)',
    ],
    [
      "a path that would be configuration",
      (stack) => ({ routes: { "/a { }": service(stack) } }),
      'WEB_TIER_ROUTE: route must be a path without a final slash, got "/a { }"; use "/api" (at dev/Web)',
    ],
    [
      "a service without a network",
      (stack) => ({ routes: { "/": service(stack) } }),
      "WEB_TIER_ROUTE: dev/Shop must be on a network, got none; set its network (at dev/Web)",
    ],
    [
      "a service without a port",
      (stack) => ({
        routes: {
          "/": new Service(stack, "Shop", {
            image: shopImage(),
            memoryMiB: 64,
            health: Health.http("/"),
            network: new BridgeNetwork(stack, "Edge"),
          }),
        },
      }),
      "WEB_TIER_ROUTE: dev/Shop must serve a port, got none; set its port (at dev/Web)",
    ],
    [
      "a port that is none",
      (stack) => ({
        routes: { "/": service(stack, "Shop", { network: new BridgeNetwork(stack, "Edge") }) },
        publish: { port: 70_000 },
      }),
      "PORT: port must be a whole number of 1 to 65535, got 70000; use 8080 (at dev/Web)",
    ],
    [
      "two routes of one host and path",
      (stack) => ({ routes: [shop(stack, { host: "a.example" }), shop(stack, { host: "a.example" }, "Other")] }),
      'WEB_TIER_ROUTE: one route must answer "a.example/", got two; give one another path or host (at dev/Web)',
    ],
    [
      "a route where files lie that never change",
      (stack) => ({ site: Site.fromDirectory(".", { immutable: ["/app"] }), routes: { "/app": service(stack) } }),
      'WEB_TIER_ROUTE: one thing must answer "/app", got a site and a route; move the route to "/app" (at dev/Web)',
    ],
    [
      "a host with a scheme and a port",
      (stack) => ({ routes: [shop(stack, { host: "https://Shop.example:443/" })] }),
      'WEB_TIER_HOST: host must be a name of DNS in lower case, without scheme, port and path, got "https://Shop.example:443/"; use "shop.example" (at dev/Web)',
    ],
    [
      "a host in another script",
      () => ({ site: Site.fromDirectory(".", { host: "bücher.example" }) }),
      'WEB_TIER_HOST: host must be a name of DNS in lower case, without scheme, port and path, got "bücher.example"; use "xn--bcher-kva.example" (at dev/Web)',
    ],
    [
      "a host that would be configuration",
      (stack) => ({ routes: [shop(stack, { host: "a; }" })] }),
      'WEB_TIER_HOST: host must be a name of DNS in lower case, without scheme, port and path, got "a; }"; use "shop.example" (at dev/Web)',
    ],
    [
      "a body of no size",
      () => ({ site: ".", http: { maxBodyMiB: 0 } }),
      "BODY_SIZE: maxBodyMiB must be a whole number of 1 to 10240, got 0; use 10 (at dev/Web)",
    ],
    [
      "a route's body of part of a MiB",
      (stack) => ({ routes: [shop(stack, { maxBodyMiB: 0.5 })] }),
      "BODY_SIZE: maxBodyMiB must be a whole number of 1 to 10240, got 0.5; use 10 (at dev/Web)",
    ],
    [
      "a rate of nothing",
      (stack) => ({ routes: [shop(stack, { rateLimit: RateLimit.perSecond(0) })] }),
      "RATE_LIMIT: requests must be a whole number of 1 to 10000, got 0; use 10",
    ],
    [
      "a header that is none",
      () => ({ site: ".", http: { headers: { "X Frame": "DENY" } } }),
      'HTTP_HEADER: header must be letters, digits and "-", got "X Frame"; use "Permissions-Policy" (at dev/Web)',
    ],
    [
      "a header that the tier says itself",
      () => ({ site: ".", http: { headers: { "Strict-Transport-Security": "max-age=1" } } }),
      'HTTP_HEADER: header must not be one that the web tier says itself, got "Strict-Transport-Security"; leave it out (at dev/Web)',
    ],
    [
      "a header of two lines",
      () => ({ site: ".", http: { headers: { "X-A": "a\r\nSet-Cookie: b" } } }),
      'HTTP_HEADER: value of X-A must be printable ASCII without blanks at its ends, got "a\\r\\nSet-Cookie: b"; write it so, or false for none (at dev/Web)',
    ],
    [
      "a header with a variable of nginx",
      () => ({ site: ".", http: { headers: { "X-A": "$http_cookie" } } }),
      'HTTP_HEADER: value of X-A must not hold "$", which nginx reads as a variable, got "$http_cookie"; let the service set it (at dev/Web)',
    ],
    [
      "a header that is too long",
      () => ({ site: ".", http: { headers: { "X-A": "a".repeat(2049) } } }),
      "HTTP_HEADER: value of X-A must be at most 2048 characters, got 2049; shorten it (at dev/Web)",
    ],
    [
      "a private path that is all",
      () => ({ site: ".", http: { privatePaths: ["/"] } }),
      'HTTP_PRIVATE_PATH: private path must be below "/" and without a final slash, got "/"; use "/metrics" (at dev/Web)',
    ],
    [
      "a fragment of nothing",
      () => ({ site: ".", http: { fragments: { server: " " } } }),
      "NGINX_FRAGMENT: fragment server must hold directives, got none; leave it out (at dev/Web)",
    ],
    [
      "a site that is kept for part of a second",
      () => ({ site: Site.fromDirectory(".", { cacheSeconds: 0.5 }) }),
      "WEB_TIER_SITE: cacheSeconds must be a whole number of 0 to 31536000, got 0.5; use 3600 (at dev/Web)",
    ],
    [
      "a site that never changes",
      () => ({ site: Site.fromDirectory(".", { immutable: ["/"] }) }),
      'WEB_TIER_SITE: immutable must be directories of the site without a final slash, got "/"; use "/assets" (at dev/Web)',
    ],
    [
      "a fallback that is no file",
      () => ({ site: Site.fromDirectory(".", { fallback: "index.html" }) }),
      'WEB_TIER_SITE: fallback must be the path of a file, got "index.html"; use "/index.html" (at dev/Web)',
    ],
    [
      "a redirect without TLS",
      () => ({ site: ".", publish: { port: 8443, redirectPort: 8080 } }),
      "WEB_TIER_REDIRECT: redirectPort must go with tls, got none; give tls, or leave redirectPort out (at dev/Web)",
    ],
    [
      "a redirect to itself",
      () => ({ site: ".", tls: Tls.fromHostPath("/srv/certificates/shop"), publish: { port: 443, redirectPort: 443 } }),
      "WEB_TIER_REDIRECT: redirectPort must differ from port, got 443 twice; use 80 (at dev/Web)",
    ],
    [
      "a certificate in a directory of the system",
      () => ({ site: ".", tls: Tls.fromHostPath("/etc/letsencrypt/live/shop") }),
      'HOST_PATH: directory of the certificate must not be a path of the system, got "/etc/letsencrypt/live/shop"; use "/srv/certificates/shop" (at dev/Web)',
    ],
    [
      "a key outside its directory",
      () => ({ site: ".", tls: Tls.fromHostPath("/srv/certificates/shop", { key: "../key.pem" }) }),
      'TLS_FILE: file must be a name in the directory, got "../key.pem"; use "fullchain.pem" (at dev/Web)',
    ],
    [
      "HSTS for no time",
      () => ({ site: ".", tls: Tls.fromHostPath("/srv/certificates/shop", { hsts: { days: 0 } }) }),
      "HSTS: days must be a whole number of 1 to 3650, got 0; use 730, or hsts: false for none",
    ],
    [
      "preloaded HSTS of one name",
      () => ({ site: ".", tls: Tls.fromHostPath("/srv/certificates/shop", { hsts: { preload: true } }) }),
      "HSTS: preload must go with includeSubDomains and 365 days or more, got less; add them, or leave preload out",
    ],
  ])("fails for %s", (_what, props, message) => {
    expect(fails(props)).toThrow(new Error(message));
  });
});
