import { createHash } from "node:crypto";
import { pack, type Pack } from "tar-stream";
import type { Engine } from "../../../engine";

const EMPTY = Buffer.alloc(1024);

/** An image without files, for whatever machine; its name is `REPOSITORY:1`. */
export async function loadBareImage(engine: Engine, repository: string, architecture = "amd64"): Promise<void> {
  const diff = `sha256:${createHash("sha256").update(EMPTY).digest("hex")}`;
  const config = { architecture, os: "linux", config: { Env: ["PATH=/bin"] }, rootfs: { type: "layers", diff_ids: [diff] }, history: [] };
  const manifest = [{ Config: "config.json", RepoTags: [`${repository}:1`], Layers: ["layer.tar"] }];
  const tar = pack();
  tar.entry({ name: "layer.tar" }, EMPTY);
  tar.entry({ name: "config.json" }, JSON.stringify(config));
  tar.entry({ name: "manifest.json" }, JSON.stringify(manifest));
  const answer = await engine.stream("POST", "/images/load", { query: { quiet: true }, body: await bytesOf(tar) });
  // The end of the answer is the end of the load.
  await bytesOf(answer);
}

/** A finished archive as bytes, or what is left of a stream. */
export async function bytesOf(stream: AsyncIterable<unknown> & { finalize?: Pack["finalize"] }): Promise<Buffer> {
  stream.finalize?.();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
