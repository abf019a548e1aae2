import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { extract } from "tar-stream";

import { imageArchive } from "../../images/image-archive";
import { imageName } from "../../images/recipe";
import { redisRecipe } from "../../images/recipes/redis";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "docker-tiers-archive-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

async function archiveOf(layer: string): Promise<Map<string, Buffer>> {
  const file = join(directory, "layer.tar");
  writeFileSync(file, layer);
  const rootfs = createHash("sha256").update(layer).digest("hex");
  const content = {
    rootfs,
    versions: { "redis-server": "5:8.0.2-3" },
    hashes: { "redis-server": "ab12" },
    modified: 1_700_000_000,
    architecture: "amd64",
  };
  const files = new Map<string, Buffer>();
  const reader = extract();
  imageArchive(redisRecipe, content, { file, size: layer.length }).pipe(reader);
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
    files.set(entry.header.name, Buffer.concat(chunks));
  }
  return files;
}

describe("imageArchive", () => {
  it("holds a manifest, the configuration under its digest, and the layer", async () => {
    const files = await archiveOf("layer");
    const manifest = JSON.parse(files.get("manifest.json")?.toString() ?? "") as [{ Config: string }];
    expect(manifest).toEqual([{ Config: manifest[0].Config, RepoTags: [imageName(redisRecipe)], Layers: ["layer.tar"] }]);
    const config = files.get(manifest[0].Config) ?? Buffer.alloc(0);
    expect(manifest[0].Config).toBe(`${createHash("sha256").update(config).digest("hex")}.json`);
    expect(files.get("layer.tar")?.toString()).toBe("layer");
  });

  it("describes the container, and labels recipe, content and package versions", async () => {
    const files = await archiveOf("layer");
    const name = [...files.keys()].find((file) => /^[0-9a-f]{64}\.json$/.test(file)) ?? "";
    expect(JSON.parse(files.get(name)?.toString() ?? "")).toMatchObject({
      architecture: "amd64",
      os: "linux",
      created: "2023-11-14T22:13:20.000Z",
      config: {
        Entrypoint: ["docker-entrypoint.sh"],
        Cmd: ["redis-server"],
        User: "999:999",
        WorkingDir: "/data",
        StopSignal: "SIGTERM",
        ExposedPorts: { "6379/tcp": {} },
        Healthcheck: { Interval: 5_000_000_000, Timeout: 3_000_000_000, Retries: 3 },
        Labels: {
          "docker-tiers.recipe": expect.stringMatching(/^[0-9a-f]{64}$/) as string,
          "docker-tiers.rootfs": `sha256:${createHash("sha256").update("layer").digest("hex")}`,
          "docker-tiers.package.redis-server": "5:8.0.2-3",
        },
      },
    });
  });

  it("is the same for the same content, so that the image's id is the same on every host", async () => {
    expect(await archiveOf("layer")).toEqual(await archiveOf("layer"));
  });
});
