import type { Secret } from "../secret";
import type { IClient } from "../workload";

/** Certificate and key of a server, both PEM, that a person supplies. */
export interface MySqlCertificate {
  /** The server's certificate, and after it those between it and the authority. */
  readonly certificate: Secret;
  readonly key: Secret;
}

/** Encrypted connections alone: the server refuses others, and so does each account of a client. */
export class MySqlTls {
  /** The server makes its certificate itself, at its first start: nobody listens, but a client cannot tell who answers. */
  static generated(): MySqlTls {
    return new MySqlTls();
  }

  /** A certificate that clients can check against its authority. A new one restarts the server. */
  static fromSecrets(certificate: MySqlCertificate): MySqlTls {
    return new MySqlTls(certificate);
  }

  private constructor(private readonly certificate?: MySqlCertificate) {}

  /** Mounts what there is to mount into the server. @returns lines of its configuration */
  bind(server: IClient): string[] {
    const { certificate } = this;
    const files =
      certificate === undefined
        ? []
        : [`ssl_cert=${certificate.certificate.mountInto(server)}`, `ssl_key=${certificate.key.mountInto(server)}`];
    return ["require_secure_transport=ON", ...files];
  }
}
