import { againLocations, proxyLocations, type ProxyRoute } from "./nginx-proxy";
import { siteLocations } from "./nginx-site";
import { block, quoted } from "./nginx-text";
import type { NginxTier } from "./nginx-tier";
import type { NginxTls } from "./nginx-tls";

/** What one `server` block answers. */
interface Server {
  /** @default - every name that no other server has */
  readonly host?: string;
  readonly routes: readonly (ProxyRoute & { readonly index: number })[];
}

const headersOf = ({ http, tls }: NginxTier): [string, string][] => [
  ...Object.entries(http.headers),
  ...(tls?.hsts === undefined ? [] : ([["Strict-Transport-Security", tls.hsts]] satisfies [string, string][])),
];

const variable = (header: string): string => header.toLowerCase().replaceAll("-", "_");

/** A header that a service sets itself is not set again. */
export const headerMaps = (tier: NginxTier): string =>
  headersOf(tier)
    .map(([name, value]) => block(`map $upstream_http_${variable(name)} $header_${variable(name)}`, `default "";\n"" ${quoted(value)};\n`))
    .join("");

/** The servers that visitors reach. */
export function servers(tier: NginxTier): string {
  const { tls, site } = tier;
  const hosts = new Set([...tier.routes.map(({ host }) => host), ...(site === undefined ? [] : [site.host])]);
  const all = [...hosts].sort((a = "", b = "") => (a < b ? -1 : 1)).map((host) => serverOf(tier, host));
  const longNames = all.some(({ host }) => host !== undefined) ? "server_names_hash_bucket_size 512;\n" : "";
  const rest = hosts.has(undefined) ? "" : unknownHosts(tier);
  const plain = tls === undefined ? "" : redirects(tier, tls, hosts);
  return longNames + all.map((server) => visited(tier, server)).join("") + rest + plain;
}

function serverOf({ routes }: NginxTier, host: string | undefined): Server {
  const own = routes.map((route, index) => ({ ...route, index })).filter((route) => route.host === host);
  return { routes: own, ...(host === undefined ? {} : { host }) };
}

function listen({ tls, port, tlsPort }: NginxTier, isDefault: boolean): string {
  const words = isDefault ? " default_server" : "";
  return tls === undefined ? `listen ${String(port)}${words};\n` : `listen ${String(tlsPort)} ssl${words};\nhttp2 on;\n`;
}

function visited(tier: NginxTier, { host, routes }: Server): string {
  const { site, http, directory } = tier;
  const headers = headersOf(tier).map(([name]) => `add_header ${name} $header_${variable(name)} always;\n`);
  const ownSite = site?.host === host ? site : undefined;
  const files = ownSite === undefined ? "" : siteLocations(ownSite, http.gzip === "site");
  const body = [
    listen(tier, host === undefined),
    host === undefined ? "" : `server_name ${host};\n`,
    routes.length === 0 ? "" : 'recursive_error_pages on;\nset $upgrade "";\nset $again @again;\n',
    files === "" ? "" : 'set $cache_control "";\nadd_header Cache-Control $cache_control;\n',
    ...headers,
    ...routes.map((route) => proxyLocations(route, route.index)),
    againLocations(routes),
    files,
    privateLocations(http.privatePaths, [...routes.map(({ path }) => path), ...(ownSite?.immutable ?? [])]),
    http.fragments.server === undefined ? "" : `include ${directory}/server.conf;\n`,
  ];
  return block("server", body.join(""));
}

/** What probes and collectors ask a service is not for visitors. */
function privateLocations(paths: readonly string[], named: readonly string[]): string {
  const missing = (words: string): string => block(`location ${words}`, "return 404;\n");
  return paths
    .filter((path) => !named.includes(path))
    .map((path) => missing(`= ${path}`) + missing(`^~ ${path}/`))
    .join("");
}

/** 421 (RFC 9110, 15.5.20) for names that nothing answers; with TLS such a visitor gets no certificate to see. */
function unknownHosts(tier: NginxTier): string {
  return block("server", `${listen(tier, true)}${tier.tls === undefined ? "" : "ssl_reject_handshake on;\n"}return 421;\n`);
}

/** Plain HTTP is sent on, with method and body (308), for names that are served. */
function redirects({ port }: NginxTier, { publicPort }: NginxTls, hosts: ReadonlySet<string | undefined>): string {
  const target = `https://$host${publicPort === 443 ? "" : `:${String(publicPort)}`}$request_uri`;
  const named = [...hosts].filter((host) => host !== undefined).sort();
  const send = (words: string): string => block("server", `${words}return 308 ${target};\n`);
  if (hosts.has(undefined)) return send(`listen ${String(port)} default_server;\n`);
  return (
    send(`listen ${String(port)};\nserver_name ${named.join(" ")};\n`) +
    block("server", `listen ${String(port)} default_server;\nreturn 421;\n`)
  );
}
