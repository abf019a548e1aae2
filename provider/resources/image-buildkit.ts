import type { Diagnostic } from "../diagnostic";
import { blocks, isZero, type ObjectValue } from "../value";

/** Attributes of a build that only BuildKit knows. */
const BUILDKIT = ["builder", "additional_contexts", "cache_to", "provenance", "sbom", "secrets"];

/** What a configuration's build asks for that the engine's classic builder cannot do. */
export function buildkitFaults(config: ObjectValue): readonly Diagnostic[] {
  const [build] = blocks(config["build"]);
  return BUILDKIT.filter((name) => !isZero(build?.[name] ?? null)).map((name) => ({
    severity: "error",
    summary: "BuildKit is not supported",
    detail: `build.${name} must be unset, got a value: images are built by the engine's classic builder; build this one with \`docker buildx build\` and refer to it by name`,
    path: ["build"],
  }));
}
