import type { DataSource, OperationContext } from "../resource";
import type { ResourceSchema } from "../schema";
import { flag, text, type ObjectValue } from "../value";
import { computed, optional, required, TEXT_LIST } from "./attribute-kinds";
import { explainRefusal, INSECURE, registryFor } from "./registry-access";

const SCHEMA: ResourceSchema = {
  version: 0,
  attributes: {
    id: computed("string"),
    name: required("string", { description: "Name of the image with its registry; a tag in it is of no account." }),
    tags: computed(TEXT_LIST, { description: "Its tags, sorted: as versions with strict_semver, else as text." }),
    strict_semver: optional("bool", { default: false, description: "Only stable versions, such as 1.2.3." }),
    insecure_skip_verify: INSECURE,
  },
};

const STABLE_VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** Data source `docker_registry_image_tags`: under which tags a registry has an image. */
export const registryTagsData: DataSource = { schema: SCHEMA, read };

async function read(config: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const name = text(config["name"]) ?? "";
  const strict = flag(config["strict_semver"]) ?? false;
  try {
    const tags = await (await registryFor(config, context)).tags();
    return {
      id: name,
      name,
      tags: strict ? stableVersions(tags) : tags.sort(),
      strict_semver: strict,
      insecure_skip_verify: flag(config["insecure_skip_verify"]) ?? false,
    };
  } catch (error) {
    throw explainRefusal(name, error);
  }
}

/** The tags that are stable versions, oldest first. */
export function stableVersions(tags: readonly string[]): string[] {
  return tags.filter((tag) => STABLE_VERSION.test(tag)).sort(byVersion);
}

function byVersion(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  const place = left.findIndex((part, index) => part !== right[index]);
  return (left[place] ?? 0) - (right[place] ?? 0);
}
