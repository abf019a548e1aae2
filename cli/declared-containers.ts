import { readFileSync } from "node:fs";
import { join } from "node:path";

import { staysUp } from "../policies/rendered-container";
import { filesIn } from "../policies/stack-files";
import { fromTerraformJson } from "../policies/terraform-json";

/** A container as a synthesised stack declares it. */
export interface DeclaredContainer {
  readonly path: string;
  /** Name of the image, with tag or digest. @default - not known before the plan */
  readonly image?: string;
  /** Hash of the configuration, as its label has it. */
  readonly configuration: string | undefined;
  /** Whose it is among the projects of a host. @default - of none */
  readonly project: string | undefined;
  /** Whether it is meant to run on. */
  readonly staysUp: boolean;
}

/** The containers of a stack that was synthesised, in the order of their paths. */
export function declaredContainers(synthesised: string, name: string): DeclaredContainer[] {
  const directory = join(synthesised, "stacks", name);
  const json: unknown = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));
  const containers = fromTerraformJson(json, name, filesIn(directory))?.containers ?? [];
  return containers
    .map((container): DeclaredContainer => {
      const { path, image, attributes } = container;
      const labels = new Map(attributes.blocks("labels").map((block) => [block.text("label"), block.text("value")]));
      const known = image === undefined ? {} : { image: image.reference };
      return {
        path,
        ...known,
        configuration: labels.get("docker-tiers.config"),
        project: labels.get("docker-tiers.project"),
        staysUp: staysUp(container),
      };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
