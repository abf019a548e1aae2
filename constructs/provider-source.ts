import { TerraformStack } from "cdktf";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import type { IConstruct } from "constructs";

/** The address of the provider that comes with this package. */
export const EMBEDDED_SOURCE = "terraform.local/docker-tiers/docker";

/** Which of the two providers a stack is rendered for. */
export type ProviderSource = "embedded" | "kreuzwerker";

const byStack = new WeakMap<TerraformStack, ProviderSource>();

/**
 * The provider that a stack is rendered for, by the DockerProvider in it. Ask at synth, when the tree is complete.
 *
 * @returns `kreuzwerker` for a DockerProvider of any other source, or for none
 */
export function providerSource(scope: IConstruct): ProviderSource {
  const stack = TerraformStack.of(scope);
  const known = byStack.get(stack);
  if (known !== undefined) return known;
  const providers = stack.node.findAll().filter((node): node is DockerProvider => node instanceof DockerProvider);
  const source = providers.some((provider) => provider.terraformProviderSource === EMBEDDED_SOURCE) ? "embedded" : "kreuzwerker";
  if (providers.length > 0) byStack.set(stack, source);
  return source;
}
