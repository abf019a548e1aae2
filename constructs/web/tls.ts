import { isIP } from "node:net";
import type { Construct } from "constructs";
import { opensslRecipe } from "../../images/recipes/openssl";
import { ConstructError } from "../errors";
import type { IContainerImage } from "../images/bound-image";
import { ContainerImage } from "../images/container-image";
import type { Secret } from "../secret";
import { hostPathFault } from "../storage/host-path";
import { selfSignedCertificate, storedCertificate, type MountedCertificate } from "./certificate-volume";
import { requireHostName } from "./host-name";
import type { TlsProfile } from "./nginx-tls";

/** For how long browsers ask this name by https alone. There is no way back before that time. */
export interface Hsts {
  /** @default 730, as Mozilla's guideline says */
  readonly days?: number;
  /** Every name below this one, too. @default false */
  readonly includeSubDomains?: boolean;
  /** Lets browsers be shipped with the name (https://hstspreload.org); needs `includeSubDomains`. @default false */
  readonly preload?: boolean;
}

export interface TlsOptions {
  /** Mozilla's profile: `modern` is TLS 1.3 alone, `intermediate` serves TLS 1.2 as well. @default "intermediate" */
  readonly profile?: TlsProfile;
  /** @default - 730 days of this name alone */
  readonly hsts?: Hsts | false;
}

export interface HostPathTlsOptions extends TlsOptions {
  /** Name of the file with the certificate and those between it and the authority. @default "fullchain.pem" */
  readonly certificate?: string;
  /** Name of the file with the key. @default "privkey.pem" */
  readonly key?: string;
}

export interface SelfSignedTlsOptions extends TlsOptions {
  /** An image with `openssl` and a shell. @default - from packages */
  readonly image?: IContainerImage;
}

/** Where a web tier's certificate is mounted. */
const TARGET = "/certificate";

/** A certificate with its key, and how TLS is spoken with it. What renews the files is served without a deploy. */
export abstract class Tls {
  /**
   * Files in a directory of the host that somebody else renews, such as certbot by a deploy hook. The directory is mounted, not the files, so that
   * they may be replaced; they must be no links out of it, and readable by 101:101.
   */
  static fromHostPath(directory: string, options: HostPathTlsOptions = {}): Tls {
    return new HostPathTls(directory, options);
  }

  /**
   * Two stored secrets: the certificate with those between it and the authority, and the key, both in PEM. A deploy of a new value has nginx check it,
   * and reload: the container stays.
   */
  static fromSecret(certificate: Secret, key: Secret, options: TlsOptions = {}): Tls {
    return new SecretTls({ certificate, key }, options);
  }

  /**
   * A certificate that nobody vouches for, made on the host for ten years and kept there: for a tier that is reached by machines that are told to trust
   * it. Without HSTS by default, since a browser would let nobody go on.
   *
   * @param names - names of DNS and addresses that it is for
   */
  static selfSigned(names: readonly [string, ...string[]], options: SelfSignedTlsOptions = {}): Tls {
    return new SelfSignedTls(names, options);
  }

  readonly profile: TlsProfile;
  /** Value of `Strict-Transport-Security`. @default - undefined when it is not sent */
  readonly hsts: string | undefined;

  /** @throws ConstructError `HSTS` */
  protected constructor({ profile = "intermediate", hsts = {} }: TlsOptions) {
    this.profile = profile;
    this.hsts = hsts === false ? undefined : hstsValue(hsts);
  }

  /**
   * What a web tier mounts.
   *
   * @param image - nginx as the tier runs it
   * @throws ConstructError `HOST_PATH`, `TLS_FILE`, `WEB_TIER_HOST`
   */
  abstract bind(tier: Construct, image: IContainerImage): MountedCertificate;
}

function hstsValue({ days = 730, includeSubDomains = false, preload = false }: Hsts): string {
  if (!Number.isInteger(days) || days < 1 || days > 3650)
    throw new ConstructError("HSTS", `days must be a whole number of 1 to 3650, got ${String(days)}; use 730, or hsts: false for none`);
  if (preload && !(includeSubDomains && days >= 365))
    throw new ConstructError(
      "HSTS",
      "preload must go with includeSubDomains and 365 days or more, got less; add them, or leave preload out",
    );
  return `max-age=${String(days * 86_400)}${includeSubDomains ? "; includeSubDomains" : ""}${preload ? "; preload" : ""}`;
}

class HostPathTls extends Tls {
  constructor(
    private readonly directory: string,
    private readonly options: HostPathTlsOptions,
  ) {
    super(options);
  }

  bind(tier: Construct): MountedCertificate {
    const { certificate = "fullchain.pem", key = "privkey.pem" } = this.options;
    const fault = hostPathFault(this.directory, "/srv/certificates/shop");
    if (fault !== undefined) throw new ConstructError("HOST_PATH", `directory of the certificate ${fault}`, tier);
    for (const name of [certificate, key]) {
      if (/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name)) continue;
      throw new ConstructError("TLS_FILE", `file must be a name in the directory, got ${JSON.stringify(name)}; use "fullchain.pem"`, tier);
    }
    const mount = { type: "bind", target: TARGET, readOnly: true, source: this.directory, reference: () => this.directory } as const;
    return { mount, files: { certificate: `${TARGET}/${certificate}`, key: `${TARGET}/${key}` } };
  }
}

class SecretTls extends Tls {
  constructor(
    private readonly secrets: { readonly certificate: Secret; readonly key: Secret },
    options: TlsOptions,
  ) {
    super(options);
  }

  bind(tier: Construct, image: IContainerImage): MountedCertificate {
    return storedCertificate(tier, TARGET, image, this.secrets);
  }
}

class SelfSignedTls extends Tls {
  constructor(
    private readonly names: readonly [string, ...string[]],
    private readonly options: SelfSignedTlsOptions,
  ) {
    super({ hsts: false, ...options });
  }

  bind(tier: Construct): MountedCertificate {
    for (const name of this.names) if (isIP(name) === 0) requireHostName(tier, name);
    const { image = ContainerImage.fromPackages(opensslRecipe) } = this.options;
    return selfSignedCertificate(tier, TARGET, image, this.names);
  }
}
