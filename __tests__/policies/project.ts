import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { BridgeNetwork, ContainerImage, Health, PublicDockerProvider, Service } from "../../constructs";
import type { ServiceProps } from "../../constructs";

export const DIGEST = `sha256:${"ab".repeat(32)}`;

/** A shop that is safe, but for what is given. */
export function shop(stack: TerraformStack, props: Partial<ServiceProps> = {}): Service {
  return new Service(stack, "Shop", {
    image: ContainerImage.fromRegistry(`registry.example/shop:1.4.2@${DIGEST}`),
    network: new BridgeNetwork(stack, "Edge"),
    memoryMiB: 64,
    health: Health.http("/healthz"),
    ...props,
  });
}

/** A program in a folder of its own. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "docker-tiers-policies-"));
  readonly app = new App({ outdir: join(this.folder, "cdktf.out") });

  stack(id: string, host = "unix:///var/run/docker.sock"): TerraformStack {
    const stack = new TerraformStack(this.app, id);
    new PublicDockerProvider(stack, "docker", { host });
    return stack;
  }

  directory(stack: TerraformStack): string {
    return join(this.folder, "cdktf.out", "stacks", stack.node.id);
  }

  /** What was written for a stack. */
  read(stack: TerraformStack, file = "cdk.tf.json"): unknown {
    return JSON.parse(readFileSync(join(this.directory(stack), file), "utf8"));
  }

  /** Warnings that the cdktf command shows when a stack is synthesised. */
  warnings(stack: TerraformStack): string[] {
    const manifest = JSON.parse(readFileSync(join(this.folder, "cdktf.out", "manifest.json"), "utf8")) as {
      stacks: Record<string, { annotations: { level: string; message: string }[] }>;
    };
    const annotations = manifest.stacks[stack.node.id]?.annotations ?? [];
    return annotations.map(({ level, message }) => `${level} ${message}`);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
