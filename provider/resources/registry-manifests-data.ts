import type { ManifestEntry } from "../registry/manifest";
import type { Registry } from "../registry/registry";
import { registryImage } from "../registry/registry-address";
import type { DataSource, OperationContext } from "../resource";
import type { ResourceSchema } from "../schema";
import { flag, text, type ObjectValue } from "../value";
import { chosen, computed, required } from "./attribute-kinds";
import { AUTH_CONFIG, explainRefusal, INSECURE, registryFor } from "./registry-access";

const MANIFESTS = ["set", ["object", { architecture: "string", media_type: "string", os: "string", sha256_digest: "string" }]] as const;

const SCHEMA: ResourceSchema = {
  version: 0,
  attributes: {
    id: chosen("string"),
    name: required("string", { description: "Name of the image with its registry and tag." }),
    manifests: computed(MANIFESTS, { description: "One for each platform." }),
    insecure_skip_verify: INSECURE,
  },
  blocks: { auth_config: AUTH_CONFIG },
};

/** Data source `docker_registry_image_manifests`: for which platforms a registry has an image. */
export const registryManifestsData: DataSource = { schema: SCHEMA, read };

async function read(config: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const name = text(config["name"]) ?? "";
  const { path, tag } = registryImage(name);
  try {
    const entries = await platforms(await registryFor(config, context), tag);
    const manifests = entries.map(({ mediaType, digest, platform }) => ({
      media_type: mediaType,
      sha256_digest: digest,
      architecture: platform?.architecture ?? "",
      os: platform?.os ?? "",
    }));
    return { ...config, id: `${path}:${tag}`, manifests, insecure_skip_verify: flag(config["insecure_skip_verify"]) ?? false };
  } catch (error) {
    throw explainRefusal(name, error);
  }
}

/** An image of one platform has no index: its own configuration says which platform that is. */
async function platforms(registry: Registry, tag: string): Promise<readonly ManifestEntry[]> {
  const { digest, mediaType, manifest } = await registry.manifest(tag);
  if (manifest.manifests) return manifest.manifests;
  const platform = manifest.config ? await registry.platform(manifest.config.digest) : {};
  return [{ mediaType, digest, platform }];
}
