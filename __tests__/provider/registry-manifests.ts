import { createHash } from "node:crypto";
import type { RegistryServer } from "./registry-server";

interface StoredManifest {
  /** The form in which the engine has pushed it: Docker's, or OCI's with the containerd image store. */
  readonly type: string;
  readonly bytes: Buffer;
  readonly content: { readonly config: { readonly digest: string; readonly mediaType: string; readonly size: number } };
}

export async function manifestOf(registry: RegistryServer, reference: string): Promise<StoredManifest> {
  const answer = await registry.call("GET", `/v2/dtr/probe/manifests/${reference}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return {
    type: answer.headers.get("content-type") ?? "",
    bytes,
    content: JSON.parse(bytes.toString("utf8")) as StoredManifest["content"],
  };
}

/** Gives an image a further tag. */
export async function retag(registry: RegistryServer, from: string, to: string): Promise<void> {
  const { bytes, type } = await manifestOf(registry, from);
  expect((await registry.call("PUT", `/v2/dtr/probe/manifests/${to}`, bytes, type)).status).toBe(201);
}

/** Puts an image with another configuration under the tag; returns its digest. */
export async function anotherManifest(registry: RegistryServer, architecture = "amd64"): Promise<string> {
  const { content: manifest, type } = await manifestOf(registry, "1.2.3");
  const blob = await registry.call("GET", `/v2/dtr/probe/blobs/${manifest.config.digest}`);
  const changed = Buffer.from(JSON.stringify({ ...((await blob.json()) as object), architecture, author: "a test" }));
  const hash = (bytes: Buffer): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  const upload = await registry.call("POST", "/v2/dtr/probe/blobs/uploads/");
  const location = new URL(upload.headers.get("location") ?? "", `http://${registry.address}`);
  location.searchParams.set("digest", hash(changed));
  expect((await registry.call("PUT", location.href, changed)).status).toBe(201);
  const body = JSON.stringify({ ...manifest, config: { ...manifest.config, digest: hash(changed), size: changed.length } });
  const answer = await registry.call("PUT", "/v2/dtr/probe/manifests/1.2.3", body, type);
  expect(answer.status).toBe(201);
  return answer.headers.get("docker-content-digest") ?? "";
}

/** Puts an index over an image for amd64 and one for arm64 under the tag "multi". */
export async function putIndex(registry: RegistryServer, amd64: string, arm64: string): Promise<void> {
  const entry = async (digest: string, architecture: string): Promise<object> => {
    const { bytes, type } = await manifestOf(registry, digest);
    return { mediaType: type, digest, size: bytes.byteLength, platform: { architecture, os: "linux" } };
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
