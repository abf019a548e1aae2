import { DataResource, dependable } from "cdktf";
import type { Construct } from "constructs";
import { STORE_DIRECTORY } from "../store/names";
import { Container } from "./container";
import { literal } from "./literal";
import type { Delivery } from "./secret-push";
import { pathFromStack } from "./stack-path";
import { tiersProgram } from "./tiers-program";

/**
 * Keeps a consumer that is removed before its successor is made from being removed for a value that cannot be decrypted here. Terraform
 * removes it without waiting for the push, but after this, which depends on it; and this is removed only when our program lets it.
 */
export class SecretGate extends DataResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly delivery: Delivery,
  ) {
    const { environment, name, version, user, mode } = delivery;
    super(scope, id, { triggersReplace: { environment, name, version, owner: `${String(user.uid)}:${String(user.gid)}`, mode } });
  }

  override toTerraform(): Record<string, unknown> {
    const { node } = this.delivery.consumer;
    this.dependsOn = node.children.filter((child) => child instanceof Container).map((container) => dependable(container));
    this.provisioners = [
      {
        type: "local-exec",
        when: "destroy",
        interpreter: [
          ...tiersProgram(this),
          "secrets",
          "ready",
          "--environment=${self.triggers_replace.environment}",
          "--version-id=${self.triggers_replace.version}",
          `--directory=${literal(pathFromStack(this, STORE_DIRECTORY))}`,
        ],
        command: "${self.triggers_replace.name}",
      },
    ];
    return super.toTerraform() as Record<string, unknown>;
  }
}
