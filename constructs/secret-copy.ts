import { Construct } from "constructs";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { STORE_DIRECTORY } from "../store/names";
import { readSecret } from "../store/secret-header";
import { StoreError } from "../store/store-error";
import { contentHash, shortHash } from "./hash";
import { identityLabels, LABEL, labelBlocks } from "./labels";
import { objectName } from "./naming";
import { Refusal } from "./refusal";
import { SecretGate } from "./secret-gate";
import { SecretPush } from "./secret-push";
import type { User } from "./user";
import type { IClient } from "./workload";

export interface SecretCopyProps {
  readonly consumer: IClient;
  readonly name: string;
  readonly environment: string;
  readonly user: User;
  readonly mode: string;
}

/** Stands in for the version of a secret that cannot be read; nothing of it is applied. */
const NO_VERSION = "0".repeat(32);

/**
 * One consumer's copy of a stored secret: a volume that the deploy fills. Its name carries the version of the value, so a new value is a new
 * volume: the consumer moves to it when it is filled, and the old one goes with the last container that used it.
 */
export class SecretCopy extends Construct {
  private readonly volumeName: string;
  private readonly volume: Volume;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SecretCopyProps,
  ) {
    super(scope, id);
    const { consumer, name, environment, user, mode } = props;
    const version = this.readVersion();
    const content = { name, environment, version, user, mode };
    this.volumeName = objectName(this, shortHash(content));
    this.volume = new Volume(this, "Volume", {
      name: this.volumeName,
      labels: labelBlocks({ ...identityLabels(this), [LABEL.config]: contentHash(content) }),
      lifecycle: { createBeforeDestroy: true },
    });
    const delivery = { ...content, consumer, volume: this.volume };
    consumer.workload.addDependency(new SecretPush(this, "Push", delivery));
    // What is replaced before its successor stands would be gone already when the push fails.
    if (!consumer.workload.spec().rolling) new SecretGate(this, "Gate", delivery);
  }

  /** @returns path of the file */
  mountInto(target: string): string {
    const { volume, volumeName } = this;
    this.props.consumer.workload.mount({ type: "volume", target, readOnly: true, source: volumeName, reference: () => volume.name });
    return `${target}/value`;
  }

  private readVersion(): string {
    const { name, environment } = this.props;
    try {
      return readSecret(STORE_DIRECTORY, environment, name).header.version;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      new Refusal(this, "Fault", `${error.message} (at ${this.node.path})`, name);
      return NO_VERSION;
    }
  }
}
