import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { EngineHostError } from "./error";

/** Client certificate, its key and the authority of the daemon, as PEM. */
export interface TlsMaterial {
  readonly ca?: string;
  readonly cert: string;
  readonly key: string;
}

/** What a user can give: a directory with ca.pem, cert.pem and key.pem, or the PEM texts themselves. */
export interface TlsOptions {
  readonly certPath?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * The TLS material of the options, or undefined when there is none.
 * @throws EngineHostError when a file cannot be read, or only a part is given
 */
export function loadTls(options: TlsOptions): TlsMaterial | undefined {
  if (options.certPath) return fromDirectory(expandHome(options.certPath));
  const { ca, cert, key } = options;
  if (!ca && !cert && !key) return undefined;
  if (!cert || !key) {
    const missing = cert ? "key_material" : "cert_material";
    throw new EngineHostError(`DOCKER_TLS_INCOMPLETE: TLS material must have certificate and key, got no ${missing}`);
  }
  return { cert, key, ...(ca ? { ca } : {}) };
}

function fromDirectory(directory: string): TlsMaterial {
  return { ca: readPem(directory, "ca.pem"), cert: readPem(directory, "cert.pem"), key: readPem(directory, "key.pem") };
}

function readPem(directory: string, file: string): string {
  try {
    return readFileSync(join(directory, file), "utf8");
  } catch (cause) {
    throw new EngineHostError(
      `DOCKER_TLS_UNREADABLE: cert_path must be a directory with ca.pem, cert.pem and key.pem, got no readable ${join(directory, file)}`,
      {
        cause,
      },
    );
  }
}

function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}
