import type { Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { blocks, isZero, type ObjectValue } from "../value";
import { parseDuration } from "./duration";

/** Something that older engines ignore without a word, or refuse without saying why. */
interface Requirement {
  readonly attribute: string;
  readonly api: `${number}.${number}`;
  /** The first Docker with that API. */
  readonly docker: string;
  readonly isUsed: (planned: ObjectValue) => boolean;
}

const inNetworks = (name: string) => (planned: ObjectValue) => blocks(planned["networks_advanced"]).some((block) => isSet(block, name));

/** By the history of the Engine API (docs.docker.com/reference/api/engine/version-history). */
const REQUIREMENTS: readonly Requirement[] = [
  {
    attribute: "healthcheck.start_interval",
    api: "1.44",
    docker: "25.0",
    isUsed: (planned) => blocks(planned["healthcheck"]).some(({ start_interval: interval }) => (parseDuration(textOf(interval)) ?? 0) > 0),
  },
  { attribute: "networks_advanced.mac_address", api: "1.44", docker: "25.0", isUsed: inNetworks("mac_address") },
  {
    attribute: "mounts.volume_options.subpath",
    api: "1.45",
    docker: "26.0",
    isUsed: (planned) =>
      blocks(planned["mounts"])
        .flatMap((mount) => blocks(mount["volume_options"]))
        .some((options) => isSet(options, "subpath")),
  },
  { attribute: "networks_advanced.gw_priority", api: "1.48", docker: "28.0", isUsed: inNetworks("gw_priority") },
];

/**
 * Asks nothing of the engine where the plan has none of these.
 * @throws DiagnosticError naming the version that can do what this engine cannot
 */
export async function requireEngine(planned: ObjectValue, engine: Engine): Promise<void> {
  for (const { attribute, api, docker } of REQUIREMENTS.filter(({ isUsed }) => isUsed(planned))) {
    if (await engine.supports(api)) continue;
    throw new DiagnosticError(
      "The engine is too old",
      `${attribute} must be unset on an engine with API ${await engine.version()}, got a value; ` +
        `update Docker at ${engine.address} to ${docker} or newer (API ${api}), or take it out`,
      { path: [attribute.replace(/\..*/, "")] },
    );
  }
}

function isSet(block: ObjectValue, name: string): boolean {
  return !isZero(block[name] ?? null);
}

function textOf(value: ObjectValue[string] | undefined): string {
  return typeof value === "string" ? value : "";
}
