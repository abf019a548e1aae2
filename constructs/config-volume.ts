import { Construct } from "constructs";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { Container } from "./container";
import type { IContainerImage } from "./images/bound-image";
import type { Upload } from "./container-spec";
import { directoryFiles } from "./directory-files";
import { ConstructError } from "./errors";
import { contentHash, shortHash } from "./hash";
import { identityLabels, LABEL, labelBlocks } from "./labels";
import { objectName } from "./naming";
import { textFault } from "./text";
import { Workload } from "./workload";

export interface ConfigVolumeProps {
  /** Any image that the host has: its container is never started. */
  readonly image: IContainerImage;
  /** Content by path in the volume. No secrets: it is in the state. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/** What the state can carry with ease; more belongs into an image. */
const MAX_BYTES = 1024 * 1024;
const TARGET = "/config";

/**
 * A read-only directory of files, written through the Engine API, so that it reaches a remote host too. The volume's name carries a hash of
 * the content: a change is a new volume, and what mounts it moves.
 *
 * @throws ConstructError `CONFIG_FILE` for a path that leaves the volume, for no files, and for more than 1 MiB in all
 */
export class ConfigVolume extends Construct {
  /**
   * The files of a directory on this machine, by their path in it.
   * @throws ConstructError `DIRECTORY` when it is missing
   */
  static files(directory: string): Record<string, Uint8Array> {
    return Object.fromEntries(directoryFiles(directory).map(({ path, contentBase64 }) => [path, Buffer.from(contentBase64, "base64")]));
  }

  private readonly volumeName: string;
  private readonly volume: Volume;
  private readonly loader: Container;

  constructor(scope: Construct, id: string, { image, files }: ConfigVolumeProps) {
    super(scope, id);
    validate(this, files);
    const uploads = Object.entries(files)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, content]) => upload(path, content));
    this.volumeName = objectName(this, shortHash(uploads));
    this.volume = new Volume(this, "Volume", {
      name: this.volumeName,
      labels: labelBlocks({ ...identityLabels(this), [LABEL.config]: contentHash(uploads) }),
      lifecycle: { createBeforeDestroy: true },
    });
    const workload = new Workload(this, {
      image,
      lifetime: "loader",
      rolling: true,
      memoryMiB: 16,
      readOnlyRoot: false,
      command: ["true"],
      uploads,
      user: { uid: 0, gid: 0 },
    });
    workload.mount({ type: "volume", target: TARGET, readOnly: false, source: this.volumeName, reference: () => this.volume.name });
    this.loader = new Container(this, "Loader", objectName(this, "loader"), () => workload.spec());
  }

  /** Mounts the files as a directory of the workload's containers. */
  mountInto(workload: Workload, target: string): void {
    workload.mount({ type: "volume", target, readOnly: true, source: this.volumeName, reference: () => this.volume.name });
    workload.addDependency(this.loader);
  }
}

function upload(path: string, content: string | Uint8Array): Upload {
  const file = `${TARGET}/${path}`;
  // What Terraform would change travels as bytes.
  return typeof content === "string" && textFault(content) === undefined
    ? { path: file, content }
    : { path: file, contentBase64: Buffer.from(content).toString("base64") };
}

function validate(volume: ConfigVolume, files: ConfigVolumeProps["files"]): void {
  const entries = Object.entries(files);
  const bytes = entries.reduce((sum, [, content]) => sum + Buffer.byteLength(content), 0);
  if (entries.length === 0) throw new ConstructError("CONFIG_FILE", "files must name at least one, got none; leave the volume out", volume);
  if (bytes > MAX_BYTES) {
    throw new ConstructError(
      "CONFIG_FILE",
      `files must be at most 1 MiB in all, got ${String(bytes)} bytes; put them into an image`,
      volume,
    );
  }
  for (const [path, content] of entries) {
    if (typeof content === "string" && /\p{Surrogate}/u.test(content)) {
      throw new ConstructError(
        "CONFIG_FILE",
        `content of ${path} must be whole Unicode characters, got half of a surrogate pair; give bytes`,
        volume,
      );
    }
    if (
      path.startsWith("/") ||
      path.split("/").some((part) => part === "" || part === "." || part === "..") ||
      textFault(path) !== undefined
    ) {
      throw new ConstructError("CONFIG_FILE", `path must stay in the volume, got ${JSON.stringify(path)}; use "app.conf"`, volume);
    }
  }
}
