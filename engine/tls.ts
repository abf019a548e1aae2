import { createPrivateKey, X509Certificate } from "node:crypto";
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

/** True when any TLS material is given. */
export function hasTls({ certPath, ca, cert, key }: TlsOptions): boolean {
  return [certPath, ca, cert, key].some(Boolean);
}

/**
 * The TLS material of the options, or undefined when there is none. PEM texts count before a directory.
 * @throws EngineHostError when a file cannot be read, only a part is given, or the certificate is of no use
 */
export function loadTls(options: TlsOptions): TlsMaterial | undefined {
  const { ca, cert, key, certPath } = options;
  if (!ca && !cert && !key) return certPath ? fromDirectory(expandHome(certPath)) : undefined;
  if (!cert || !key) {
    const missing = cert ? "key_material" : "cert_material";
    throw new EngineHostError(`DOCKER_TLS_INCOMPLETE: TLS material must have certificate and key, got no ${missing}`);
  }
  return checked({ cert, key, ...(ca ? { ca } : {}) }, "cert_material", "key_material");
}

function fromDirectory(directory: string): TlsMaterial {
  const material = { ca: readPem(directory, "ca.pem"), cert: readPem(directory, "cert.pem"), key: readPem(directory, "key.pem") };
  return checked(material, join(directory, "cert.pem"), join(directory, "key.pem"));
}

/** A daemon says little about a client's certificate that it does not take: what can be seen here is said here. */
function checked(material: TlsMaterial, certName: string, keyName: string): TlsMaterial {
  const certificate = parsed(certName, () => new X509Certificate(material.cert));
  const key = parsed(keyName, () => createPrivateKey(material.key));
  const end = new Date(certificate.validTo);
  if (end < new Date()) {
    throw new EngineHostError(
      `DOCKER_TLS_EXPIRED: client certificate must be valid, got one that expired at ${end.toISOString()} (${certName}); have it renewed by the host's authority`,
    );
  }
  if (certificate.checkPrivateKey(key)) return material;
  throw new EngineHostError(
    `DOCKER_TLS_KEY: key must belong to the client certificate, got another (${keyName} and ${certName}); give the two that were made together`,
  );
}

function parsed<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new EngineHostError(
      `DOCKER_TLS_UNREADABLE: ${name} must be PEM without a passphrase, got something else; export it anew with openssl`,
      { cause },
    );
  }
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
