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
      const label = attributes.blocks("labels").find((block) => block.text("label") === "docker-tiers.config");
      const known = image === undefined ? {} : { image: image.reference };
      return { path, ...known, configuration: label?.text("value"), staysUp: staysUp(container) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
