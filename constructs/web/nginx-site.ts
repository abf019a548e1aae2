import { block } from "./nginx-text";
import type { NginxSite } from "./site";

/** Types that get smaller; `text/html` is always one of them. */
export const GZIP = `gzip on;
gzip_comp_level 5;
gzip_min_length 1024;
gzip_proxied any;
gzip_vary on;
gzip_types text/css text/plain text/javascript application/javascript application/json application/manifest+json application/xml application/wasm image/svg+xml;
`;

const IMMUTABLE = "public, max-age=31536000, immutable";

/** The locations of static files. */
export function siteLocations({ root, cacheSeconds = 0, immutable = [], fallback = "=404" }: NginxSite, gzip: boolean): string {
  const location = (words: string, caching: string, last: string): string =>
    block(
      `location ${words}`,
      `root ${root};\nindex index.html;\nset $cache_control "${caching}";\n${gzip ? GZIP : ""}try_files $uri $uri/ ${last};\n`,
    );
  return (
    location("/", cacheSeconds === 0 ? "no-cache" : `max-age=${String(cacheSeconds)}`, fallback) +
    immutable.map((path) => location(`^~ ${path}/`, IMMUTABLE, "=404")).join("")
  );
}
