import { createHash } from "node:crypto";
import type { Readable } from "node:stream";

import { imageConfig, type BuiltContent } from "./image-config";
import { imageName, type PackageRecipe } from "./recipe";
import type { TarContent } from "./rootfs";
import { tarStream } from "./tar";

/** An image as `docker save` would write it: manifest, configuration and one layer, read from disk as it is sent. */
export function imageArchive(recipe: PackageRecipe, content: BuiltContent, layer: Exclude<TarContent, Buffer>): Readable {
  const config = Buffer.from(JSON.stringify(imageConfig(recipe, content)));
  const configName = `${createHash("sha256").update(config).digest("hex")}.json`;
  const manifest = [{ Config: configName, RepoTags: [imageName(recipe)], Layers: ["layer.tar"] }];
  return tarStream([
    [{ name: configName }, config],
    [{ name: "manifest.json" }, Buffer.from(JSON.stringify(manifest))],
    [{ name: "layer.tar" }, layer],
  ]);
}
