import { engine } from "./container-project";
import { buildProbeImages } from "./probe-image";
import { startRegistry, type RegistryServer } from "./registry-server";

/** What a test of {@link registryPerTest} has at hand. */
export interface TestRegistry {
  server: RegistryServer;
  /** The repository that these tests push to. */
  readonly repository: string;
}

/** Each test of the file has a registry of its own, and leaves no image of it on the engine. */
export function registryPerTest(): TestRegistry {
  let running: RegistryServer | undefined;
  const registry: TestRegistry = {
    get server() {
      if (!running) throw new Error("a registry runs within a test only");
      return running;
    },
    set server(server) {
      running = server;
    },
    get repository() {
      return `${this.server.address}/dtr/probe`;
    },
  };
  beforeAll(buildProbeImages);
  beforeEach(async () => {
    registry.server = await startRegistry();
  });
  afterEach(async () => {
    await forgetImages(registry.server.address);
    await registry.server.close();
  });
  afterAll(() => engine.close());
  return registry;
}

/** An image of the engine, pushed as `REPOSITORY:1.2.3`. */
export const pushed = (repository: string, more = ""): string => `
resource "docker_tag" "t" {
  source_image = "probe:1"
  target_image = "${repository}:1.2.3"
}
resource "docker_registry_image" "r" {
  name = docker_tag.t.target_image
  ${more}
}
`;

/** Terraform's output without frames and line breaks. */
export const flat = (output: string): string => output.replace(/[\s│╷╵]+/g, " ");

/** Takes every name away that images of the engine have from this registry. */
export async function forgetImages(address: string): Promise<void> {
  const filters = { reference: [`${address}/*/*`] };
  const found = await engine.get<{ RepoTags: string[] | null; RepoDigests: string[] | null }[]>("/images/json", { query: { filters } });
  const names = found.flatMap(({ RepoTags, RepoDigests }) => [...(RepoTags ?? []), ...(RepoDigests ?? [])]);
  for (const name of names.filter((name) => name.startsWith(`${address}/`))) {
    // With the last tag of an image its digests may have gone.
    await engine.delete(`/images/${name}`).catch(() => undefined);
  }
}
