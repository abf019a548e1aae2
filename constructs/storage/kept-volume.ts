import { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { Claims } from "../claims";
import { ConstructError } from "../errors";
import { identityLabels, LABEL, labelBlocks } from "../labels";
import { objectName } from "../naming";
import { providerSource } from "../provider-source";
import type { Mount } from "./mount";
import type { Quota } from "./quota";

export interface KeptVolumeProps extends Quota {
  /** @default - the stack's id and the construct's path */
  readonly name?: string;
}

const NAMES = new Claims("VOLUME_NAME", "volume name");

/**
 * A named volume that no deploy and no destroy deletes.
 *
 * The embedded provider leaves a volume labelled *keep* behind. The public provider would delete it: for that one the volume is no
 * resource at all, the engine makes it with the first container that mounts it, and a state that holds one lets it go.
 */
export class KeptVolume extends Volume {
  /** The volume's name on the host. */
  readonly volumeName: string;

  private readonly quotaMiB: number | undefined;

  constructor(scope: Construct, id: string, { name, quotaMiB }: KeptVolumeProps = {}) {
    super(scope, id, {});
    this.volumeName = name ?? objectName(this);
    this.quotaMiB = quotaMiB;
    NAMES.claim(TerraformStack.of(this), this.volumeName, this);
  }

  /** The name as a mount of that construct refers to it: by reference where the volume is a resource of the same stack. */
  reference(from: IConstruct): string {
    const resource = providerSource(this) === "embedded" && TerraformStack.of(from) === TerraformStack.of(this);
    return resource ? this.getStringAttribute("name") : this.volumeName;
  }

  /** The volume in a container. */
  mountAt(target: string, readOnly: boolean): Mount {
    return { type: "volume", target, readOnly, source: this.volumeName, reference: this.reference.bind(this) };
  }

  override toTerraform(): Record<string, unknown> {
    if (providerSource(this) === "embedded") return super.toTerraform() as Record<string, unknown>;
    if (this.quotaMiB !== undefined) throw withoutQuota(this.quotaMiB, this);
    return { removed: [{ from: `docker_volume.${this.friendlyUniqueId}`, lifecycle: { destroy: false } }] };
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return {
      name: this.volumeName,
      ...(this.quotaMiB === undefined ? {} : { driver_opts: { size: `${String(this.quotaMiB)}m` } }),
      labels: labelBlocks({ ...identityLabels(this), [LABEL.keep]: "true" }),
    };
  }
}

/** There the engine makes the volume with the first container that mounts it, and a mount by name has no options. */
function withoutQuota(quotaMiB: number, at: IConstruct): ConstructError {
  const must = `quotaMiB must be left out with the public provider, which would delete the volume with its data, got ${String(quotaMiB)}`;
  return new ConstructError("STORAGE_QUOTA", `${must}; use PROVIDER=embedded, or HostLayout`, at);
}
