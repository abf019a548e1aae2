import { Volume } from "@cdktf/provider-docker/lib/volume";
import { Construct } from "constructs";
import type { Container } from "../container";
import type { IContainerImage } from "../images/bound-image";
import { Job } from "../job";
import { identityLabels, labelBlocks } from "../labels";
import { objectName } from "../naming";
import type { Secret } from "../secret";
import { KeptVolume } from "../storage/kept-volume";
import type { Mount } from "../storage/mount";
import type { CertificateFiles } from "./nginx-tls";

/** Certificate and key in one file, so that they change together. */
const FILE = "tls.pem";

/** What a web tier mounts, and what has to be there before. */
export interface MountedCertificate {
  readonly mount: Mount;
  readonly files: CertificateFiles;
  /** @default - nothing: the files are the host's */
  readonly after?: Container;
}

/** A volume that a job fills, while nginx goes on with what is in it. */
interface Filling {
  readonly image: IContainerImage;
  readonly script: string;
  readonly command: readonly string[];
}

/** The owner is nginx, and a name appears when its file is whole. */
const INSTALL = `install_pem() {
  rm -f "$1/.new"
  cp "$2" "$1/.new"
  chown 101:101 "$1/.new"
  mv -f "$1/.new" "$1/${FILE}"
}
`;

/** nginx reads the pair first: what it cannot serve is not installed. */
const FROM_SECRETS = `set -eu
umask 0377
${INSTALL}{ cat "$CERTIFICATE_FILE"; echo; cat "$KEY_FILE"; } > /tmp/${FILE}
{
  echo "user root; pid /tmp/nginx.pid; error_log /dev/stderr; events {} http { access_log off;"
  for kind in client_body proxy fastcgi uwsgi scgi; do echo "\${kind}_temp_path /tmp/$kind;"; done
  echo "server { listen 127.0.0.1:8443 ssl; ssl_certificate /tmp/${FILE}; ssl_certificate_key /tmp/${FILE}; } }"
} > /tmp/nginx.conf
nginx -t -q -c /tmp/nginx.conf
install_pem "$1" /tmp/${FILE}
`;

/** What is there for the same names, and for a month at least, stays: somebody may trust it. The key is nginx's, and not even root's to read. */
const SELF_SIGNED = `set -eu
umask 0377
${INSTALL}directory=$1; names=$2
if [ "$(cat "$directory/names" 2>/dev/null)" = "$names" ] && [ -e "$directory/${FILE}" ] && openssl x509 -in "$directory/public.pem" -noout -checkend 2592000 >/dev/null 2>&1; then exit 0; fi
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -config /dev/null -subj "/CN=$3" -addext "subjectAltName=$names" \\
  -keyout /tmp/key.pem -out /tmp/certificate.pem 2>/tmp/fault || { cat /tmp/fault >&2; exit 1; }
cat /tmp/certificate.pem /tmp/key.pem > /tmp/${FILE}
install_pem "$directory" /tmp/${FILE}
rm -f "$directory/names" "$directory/public.pem"
cp /tmp/certificate.pem "$directory/public.pem"
echo "$names" > "$directory/names"
`;

/** Stored certificate and key, checked by nginx before they take the place of others. A new value replaces neither volume nor nginx. */
export function storedCertificate(
  scope: Construct,
  target: string,
  image: IContainerImage,
  secrets: { readonly certificate: Secret; readonly key: Secret },
): MountedCertificate {
  const parent = new Construct(scope, "Certificate");
  const name = objectName(parent);
  const volume = new Volume(parent, "Volume", { name, labels: labelBlocks(identityLabels(parent)) });
  const mount: Mount = { type: "volume", target, readOnly: false, source: name, reference: () => volume.name };
  const job = fill(parent, mount, { image, script: FROM_SECRETS, command: [target] });
  const root = { uid: 0, gid: 0 };
  secrets.certificate.mountInto(job, { as: "CERTIFICATE", user: root });
  secrets.key.mountInto(job, { as: "KEY", user: root });
  return mounted(mount, job);
}

/** A pair that is made on the host once, and kept. */
export function selfSignedCertificate(
  scope: Construct,
  target: string,
  image: IContainerImage,
  names: readonly [string, ...string[]],
): MountedCertificate {
  const parent = new Construct(scope, "Certificate");
  const volume = new KeptVolume(parent, "Volume", { name: objectName(parent) });
  const mount = volume.mountAt(target, false);
  const alternatives = names.map((name) => `${/^[\d.]+$|:/.test(name) ? "IP" : "DNS"}:${name}`).join(",");
  return mounted(mount, fill(parent, mount, { image, script: SELF_SIGNED, command: [target, alternatives, names[0]] }));
}

function fill(parent: Construct, mount: Mount, { image, script, command }: Filling): Job {
  return new Job(parent, "Write", {
    image,
    entrypoint: ["sh", "-c", script, "write"],
    command,
    user: { uid: 0, gid: 0 },
    capabilities: ["CAP_CHOWN"],
    mounts: [mount],
  });
}

function mounted(mount: Mount, { container }: Job): MountedCertificate {
  const pem = `${mount.target}/${FILE}`;
  return { mount: { ...mount, readOnly: true }, files: { certificate: pem, key: pem }, after: container };
}
