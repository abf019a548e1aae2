import type { RenderedContainer } from "./rendered-container";

/** Options of the engine's security as `name=value`; old engines take `:` for `=`. */
export function securityOptions({ attributes }: RenderedContainer): string[] {
  return attributes.texts("security_opts").map((option) => option.replace(":", "="));
}
