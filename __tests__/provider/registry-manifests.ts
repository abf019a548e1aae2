import { createHash } from "node:crypto";
import type { RegistryServer } from "./registry-server";

/** The form in which the engine pushes an image. */
export const MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

interface ImageManifest {
  readonly config: { readonly digest: string; readonly mediaType: string; readonly size: number };
}

async function manifestOf(registry: RegistryServer, tag: string): Promise<ImageManifest> {
  const answer = await fetch(`http://${registry.address}/v2/dtr/probe/manifests/${tag}`, { headers: { accept: MANIFEST } });
  return (await answer.json()) as ImageManifest;
}

/** Gives an image a further tag. */
export async function retag(registry: RegistryServer, from: string, to: string): Promise<void> {
  const answer = await registry.call(
    "PUT",
    `/v2/dtr/probe/manifests/${to}`,
    JSON.stringify(await manifestOf(registry, from), null, 3),
    MANIFEST,
  );
  expect(answer.status).toBe(201);
}

/** Puts an image with another configuration under the tag; returns its digest. */
export async function anotherManifest(registry: RegistryServer, architecture = "amd64"): Promise<string> {
  const manifest = await manifestOf(registry, "1.2.3");
  const blob = await registry.call("GET", `/v2/dtr/probe/blobs/${manifest.config.digest}`);
  const changed = Buffer.from(JSON.stringify({ ...((await blob.json()) as object), architecture, author: "a test" }));
  const hash = (bytes: Buffer): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  const upload = await registry.call("POST", "/v2/dtr/probe/blobs/uploads/");
  const location = new URL(upload.headers.get("location") ?? "", `http://${registry.address}`);
  location.searchParams.set("digest", hash(changed));
  expect((await registry.call("PUT", location.href, changed)).status).toBe(201);
  const body = JSON.stringify({ ...manifest, config: { ...manifest.config, digest: hash(changed), size: changed.length } });
  const answer = await registry.call("PUT", "/v2/dtr/probe/manifests/1.2.3", body, MANIFEST);
  expect(answer.status).toBe(201);
  return answer.headers.get("docker-content-digest") ?? "";
}

/** Puts an index over an image for amd64 and one for arm64 under the tag "multi". */
export async function putIndex(registry: RegistryServer, amd64: string, arm64: string): Promise<void> {
  const entry = async (digest: string, architecture: string): Promise<object> => {
    const size = (
      await (await fetch(`http://${registry.address}/v2/dtr/probe/manifests/${digest}`, { headers: { accept: MANIFEST } })).arrayBuffer()
    ).byteLength;
    return { mediaType: MANIFEST, digest, size, platform: { architecture, os: "linux" } };
  };
  const mediaType = "application/vnd.docker.distribution.manifest.list.v2+json";
  const manifests = [await entry(amd64, "amd64"), await entry(arm64, "arm64")];
  const answer = await registry.call(
    "PUT",
    "/v2/dtr/probe/manifests/multi",
    JSON.stringify({ schemaVersion: 2, mediaType, manifests }),
    mediaType,
  );
  expect(answer.status).toBe(201);
}
