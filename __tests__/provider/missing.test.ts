import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Registry } from "../../provider/registry/registry";
import { registryImage } from "../../provider/registry/registry-address";
import { DATA_SOURCES, RESOURCES } from "../../provider/resources";
import { serviceSpec } from "../../provider/resources/service-to-engine";
import type { ObjectValue } from "../../provider/value";
import { startFakeRegistry, type FakeRegistry } from "./fake-registry";

const ROOT = resolve(__dirname, "../..");
const DIST = join(ROOT, "dist/provider");
const RECORDED = join(ROOT, "__tests__/fixtures/conformance/schema/4.5.0.json");

type Schemas = Readonly<Record<"resource_schemas" | "data_source_schemas", object>>;

const faults = (type: string, config: ObjectValue): string[] => (RESOURCES[type]?.validate?.(config) ?? []).map(({ detail }) => detail);

describe("what the provider does not do", () => {
  it("looks up no digest for the image of a service", () => {
    const spec = serviceSpec({ name: "web", task_spec: [{ container_spec: [{ image: "nginx:1" }] }] });
    expect(spec.TaskTemplate.ContainerSpec).toMatchObject({ Image: "nginx:1" });
  });

  it("fails for a converge_config of a global service", () => {
    const config = { mode: [{ global: true }], converge_config: [{ delay: "1s" }] };
    expect(faults("docker_service", config)).toEqual([
      "converge_config must not be set together with global = true, since a swarm says of no number of tasks that it is all; remove it",
    ]);
    expect(faults("docker_service", { ...config, mode: [{ global: false }] })).toEqual([]);
  });

  it("fails for a cluster volume", () => {
    expect(faults("docker_volume", { cluster: [{}] })).toEqual([
      "cluster must not be set, got a cluster block; volumes of a swarm's CSI drivers are made by the public provider (kreuzwerker/docker)",
    ]);
    expect(faults("docker_volume", { cluster: [] })).toEqual([]);
  });

  it("leaves plugins, builders and compose out", () => {
    const recorded = JSON.parse(readFileSync(RECORDED, "utf8")) as Schemas;
    const absent = (theirs: object, ours: object): string[] => Object.keys(theirs).filter((name) => !(name in ours));
    expect(absent(recorded.resource_schemas, RESOURCES).sort()).toEqual(["docker_buildx_builder", "docker_compose", "docker_plugin"]);
    expect(absent(recorded.data_source_schemas, DATA_SOURCES)).toEqual(["docker_plugin"]);
  });

  it("asks a registry itself, whatever HTTPS_PROXY says", async () => {
    const digest = `sha256:${"a".repeat(64)}`;
    const answering = (value: string, tls: boolean): Promise<FakeRegistry> =>
      startFakeRegistry((_asked, response) => void response.setHeader("docker-content-digest", value).end(), { tls });
    const [proxy, registry] = [await answering("proxy", false), await answering(digest, true)];
    const proxied = { HTTP_PROXY: `http://${proxy.address}`, HTTPS_PROXY: `http://${proxy.address}` };
    const replaced = jest.replaceProperty(process, "env", { ...process.env, ...proxied });
    try {
      const client = new Registry(registryImage(`${registry.address}/web:1`), { signal: new AbortController().signal });
      await expect(client.digest("1")).resolves.toBe(digest);
      expect(proxy.asked).toEqual([]);
    } finally {
      replaced.restore();
      await Promise.all([proxy.close(), registry.close()]);
    }
  });

  it("names no registry of Terraform or OpenTofu", () => {
    const files = readdirSync(DIST).map((name) => readFileSync(join(DIST, name), "utf8"));
    expect(files.some((text) => text.includes("docker_container"))).toBe(true);
    expect(files.filter((text) => /registry\.(terraform\.io|opentofu\.org)/.test(text))).toEqual([]);
  });
});
