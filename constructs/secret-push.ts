import { DataResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Volume } from "@cdktf/provider-docker/lib/volume";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { STORE_DIRECTORY } from "../store/names";
import { ConstructError } from "./errors";
import { identityLabels, LABEL } from "./labels";
import { literal } from "./literal";
import { pathFromStack } from "./stack-path";
import { tiersProgram } from "./tiers-program";
import type { User } from "./user";
import type { IClient } from "./workload";

/** Which value goes where. */
export interface Delivery {
  readonly name: string;
  readonly environment: string;
  readonly version: string;
  readonly user: User;
  readonly mode: string;
  readonly consumer: IClient;
  readonly volume: Volume;
}

/** Writes a secret into a volume when it is created: by a program of this package, so that Terraform never holds the value. */
export class SecretPush extends DataResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly delivery: Delivery,
  ) {
    const { environment, name, version, volume } = delivery;
    super(scope, id, {
      // A volume that is made anew, because somebody removed it, has an unknown mount point until then.
      triggersReplace: { secret: `${environment}/${name}`, version, volume: volume.mountpoint },
      lifecycle: { createBeforeDestroy: true },
    });
  }

  override toTerraform(): Record<string, unknown> {
    const [program, ...options] = [...tiersProgram(this), "secrets", "push", ...this.options()];
    this.provisioners = [{ type: "local-exec", interpreter: [program ?? "node", ...options], command: this.delivery.name }];
    return super.toTerraform() as Record<string, unknown>;
  }

  private options(): string[] {
    const { environment, version, user, mode, volume, consumer } = this.delivery;
    const labels = identityLabels(this);
    const values = {
      environment,
      directory: literal(pathFromStack(this, STORE_DIRECTORY)),
      "version-id": version,
      volume: volume.name,
      image: consumer.workload.spec().image.id,
      owner: `${String(user.uid)}:${String(user.gid)}`,
      mode,
      project: literal(labels[LABEL.project] ?? ""),
      stack: literal(labels[LABEL.stack] ?? ""),
      path: literal(labels[LABEL.path] ?? ""),
    };
    return [...Object.entries(values).map(([option, value]) => `--${option}=${value}`), ...engineOptions(this)];
  }
}

/** How the stack's provider reaches its host, as options of our program. */
function engineOptions(push: SecretPush): string[] {
  const nodes = TerraformStack.of(push).node.findAll();
  const providers = nodes.filter((node): node is DockerProvider => node instanceof DockerProvider);
  const provider = providers.find(({ alias }) => alias === undefined) ?? providers[0];
  if (provider?.certMaterial !== undefined || provider?.keyMaterial !== undefined) {
    const mend = "give their directory as certPath";
    throw new ConstructError("SECRET_TLS", `certificates of a host with secrets must be files, got them as text; ${mend}`, push);
  }
  const { certPath, sshOpts = [] } = provider ?? {};
  return [
    `--host=${hostOf(push, provider ?? { host: undefined, context: undefined })}`,
    ...(certPath === undefined ? [] : [`--cert-path=${certPath}`]),
    ...sshOpts.map((option) => `--ssh-option=${option}`),
  ];
}

/** What the provider would find in the shell, or among the contexts of the docker command, a push must not guess. */
function hostOf(push: SecretPush, { host, context }: Pick<DockerProvider, "host" | "context">): string {
  if (host !== undefined && context === undefined) return host;
  const got = context === undefined ? "none, which leaves it to DOCKER_HOST" : `context ${JSON.stringify(context)}`;
  const where = context === undefined ? "" : ` with what docker context inspect ${context} shows`;
  const mend = `write host: "unix:///var/run/docker.sock" or ssh://user@host in its DockerProvider${where}`;
  throw new ConstructError("SECRET_HOST", `host of a stack with secrets must be written down, got ${got}; ${mend}`, push);
}
