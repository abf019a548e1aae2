import { EngineError } from "./error";

/** What mends a connection that failed, by Node's and OpenSSL's codes. */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/^EACCES$/, "add your user to the docker group"],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT\w*|CERT_SIGNATURE_FAILURE)$/,
    "ca.pem (ca_material) must be the authority that signed the daemon's certificate: copy it from the host anew",
  ],
  [/^CERT_HAS_EXPIRED$/, "the daemon's certificate must be renewed on the host"],
  [/^CERT_NOT_YET_VALID$/, "the daemon's certificate is of the future: set the clocks of both machines"],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, "name the host as its certificate does, or make the certificate for this name (subjectAltName)"],
  [/ALERT_CERTIFICATE_EXPIRED$/, "the client certificate (cert.pem, cert_material) must be renewed"],
  [
    /ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN|CERTIFICATE_REVOKED|UNSUPPORTED_CERTIFICATE|DECRYPT_ERROR|HANDSHAKE_FAILURE)$/,
    "the client certificate (cert.pem, cert_material) must be signed by the authority that the daemon trusts (its --tlscacert)",
  ],
  [/WRONG_VERSION_NUMBER$/, "that port speaks no TLS: start the engine with --tlsverify"],
];

/** A daemon's alert is lost when it closes before we have sent all. */
const HANGS_UP =
  "an engine that does not trust the client certificate (cert.pem, cert_material) hangs up: it must be signed by the authority that the daemon trusts (its --tlscacert)";

/** The error of a request that got no answer. */
export function unreachable(error: NodeJS.ErrnoException, address: string, secure: boolean): Error {
  if (error instanceof EngineError || error.name === "AbortError") return error;
  const code = error.code ?? "";
  const hangsUp = secure && /^(ECONNRESET|EPIPE)$/.test(code) ? HANGS_UP : undefined;
  const remedy = REMEDIES.find(([pattern]) => pattern.test(code))?.[1] ?? hangsUp;
  return new EngineError(
    0,
    `DOCKER_HOST_UNREACHABLE: a Docker engine must answer at ${address}, got ${reason(error)}${remedy === undefined ? "" : `; ${remedy}`}`,
    { cause: error },
  );
}

/** OpenSSL's messages carry its source lines; its sentence is in the reason. */
function reason(error: NodeJS.ErrnoException & { reason?: unknown }): string {
  if (typeof error.reason === "string" && error.reason !== "" && /^ERR_SSL_/.test(error.code ?? "")) return error.reason;
  return error.message || String(error.code);
}
