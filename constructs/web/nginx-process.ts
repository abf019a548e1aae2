import type { CertificateFiles } from "./nginx-tls";

/** Directory in the container with the configuration. */
export const CONFIGURATION = "/etc/docker-tiers";

const SERVE = "serve.sh";

/**
 * nginx as the container's own process, and beside it a loop that has it reload when the files change. `nginx -s reload` reads the configuration
 * and the certificate first: where they are faulty it says so and signals nothing, and what is served stays.
 */
const SCRIPT = `set -u
sum() { cat "$@" 2>/dev/null | sha256sum; }
seen=$(sum "$@")
while sleep 2; do
  now=$(sum "$@")
  [ "$now" = "$seen" ] && continue
  seen=$now
  echo "the certificate has changed: nginx reloads" >&2
  nginx -c ${CONFIGURATION}/nginx.conf -s reload
done &
exec nginx -c ${CONFIGURATION}/nginx.conf -g "daemon off;"
`;

/** The program of a web tier's container, and the files it needs beside the configuration. */
export interface NginxProcess {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

/** @param watched - files whose change is a reload; without any, nginx is all that runs */
export function nginxProcess(watched: CertificateFiles | undefined): NginxProcess {
  if (watched === undefined)
    return { entrypoint: ["nginx"], command: ["-c", `${CONFIGURATION}/nginx.conf`, "-g", "daemon off;"], files: {} };
  const { certificate, key } = watched;
  return { entrypoint: ["sh", `${CONFIGURATION}/${SERVE}`], command: [...new Set([certificate, key])], files: { [SERVE]: SCRIPT } };
}
