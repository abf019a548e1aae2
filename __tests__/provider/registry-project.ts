import { engine } from "./container-project";

/** The repository that these tests push to. */
export const repositoryIn = (address: string): string => `${address}/dtr/probe`;

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
