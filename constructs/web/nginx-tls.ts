/** Files of a certificate as nginx finds them. */
export interface CertificateFiles {
  /** The server's certificate, and after it those between it and the authority. */
  readonly certificate: string;
  readonly key: string;
}

/** Which clients are served: Mozilla's names. */
export type TlsProfile = "modern" | "intermediate";

/** TLS of the servers that visitors reach. */
export interface NginxTls extends CertificateFiles {
  readonly profile: TlsProfile;
  /** Value of `Strict-Transport-Security`; undefined when it is not sent. */
  readonly hsts: string | undefined;
  /** Port of the host to which plain HTTP is sent on. */
  readonly publicPort: number;
}

/** Mozilla's guideline 6.0 (https://ssl-config.mozilla.org/guidelines/6.0.json), as its generator writes it for nginx. */
const CURVES = "X25519MLKEM768:X25519:prime256v1:secp384r1";
const CIPHERS = ["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305"].flatMap((cipher) => [
  `ECDHE-ECDSA-${cipher}`,
  `ECDHE-RSA-${cipher}`,
]);

const PROFILES: Readonly<Record<TlsProfile, string>> = {
  modern: "ssl_protocols TLSv1.3;\n",
  intermediate: `ssl_protocols TLSv1.2 TLSv1.3;\nssl_ciphers ${CIPHERS.join(":")};\n`,
};

/** Directives of the `http` block. */
export const tlsPreamble = ({ certificate, key, profile }: NginxTls): string => `ssl_certificate ${certificate};
ssl_certificate_key ${key};
${PROFILES[profile]}ssl_ecdh_curve ${CURVES};
ssl_prefer_server_ciphers off;
ssl_session_timeout 1d;
ssl_session_cache shared:tls:10m;
`;
