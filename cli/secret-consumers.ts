import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Failure } from "./failure";
import { stackNames } from "./stack-names";

const stackSchema = z.object({
  resource: z
    .object({
      terraform_data: z.record(
        z.string(),
        z.object({
          "//": z.object({ metadata: z.object({ path: z.string() }) }).optional(),
          triggers_replace: z.object({ secret: z.string() }).optional().catch(undefined),
        }),
      ),
    })
    .optional()
    .catch(undefined),
});

/** Construct paths that mount a secret, in what was synthesised last; none where nothing was. */
export function consumersOf(synthesised: string, environment: string, name: string): string[] {
  return stacks(synthesised).flatMap((stack) => {
    const blocks = Object.values(readBlocks(join(synthesised, "stacks", stack, "cdk.tf.json")));
    const mounting = blocks.filter(({ triggers_replace: triggers }) => triggers?.secret === `${environment}/${name}`);
    return mounting.map(({ "//": comment }) => comment?.metadata.path.split("/").slice(0, -2).join("/") ?? stack);
  });
}

function stacks(synthesised: string): string[] {
  try {
    return stackNames(synthesised);
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

function readBlocks(file: string): NonNullable<z.infer<typeof stackSchema>["resource"]>["terraform_data"] {
  try {
    return stackSchema.parse(JSON.parse(readFileSync(file, "utf8"))).resource?.terraform_data ?? {};
  } catch {
    return {};
  }
}
