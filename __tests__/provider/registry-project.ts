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
