import { registryImage } from "../registry/registry-address";
import type { DataSource, OperationContext } from "../resource";
import type { ResourceSchema } from "../schema";
import { flag, text, type ObjectValue } from "../value";
import { chosen, computed, required } from "./attribute-kinds";
import { explainRefusal, INSECURE, registryFor } from "./registry-access";

const SCHEMA: ResourceSchema = {
  version: 0,
  attributes: {
    id: chosen("string"),
    name: required("string", { description: "Name of the image with its registry and tag." }),
    sha256_digest: computed("string", { description: "Digest of the manifest that the tag stands for." }),
    insecure_skip_verify: INSECURE,
  },
};

/** Data source `docker_registry_image`: what a tag stands for in its registry. Nothing is pulled. */
export const registryImageData: DataSource = { schema: SCHEMA, read };

async function read(config: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const name = text(config["name"]) ?? "";
  try {
    const digest = await (await registryFor(config, context)).digest(registryImage(name).tag);
    return { id: digest, name, sha256_digest: digest, insecure_skip_verify: flag(config["insecure_skip_verify"]) ?? false };
  } catch (error) {
    throw explainRefusal(name, error);
  }
}
