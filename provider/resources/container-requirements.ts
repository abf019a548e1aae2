import { blocks, isZero, type ObjectValue } from "../value";
import { parseDuration } from "./duration";
import type { Requirement } from "./requirement";

const inNetworks = (name: string) => (planned: ObjectValue) => blocks(planned["networks_advanced"]).some((block) => isSet(block, name));

/** By the history of the Engine API (docs.docker.com/reference/api/engine/version-history). */
export const CONTAINER_REQUIREMENTS: readonly Requirement[] = [
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

function isSet(block: ObjectValue, name: string): boolean {
  return !isZero(block[name] ?? null);
}

function textOf(value: ObjectValue[string] | undefined): string {
  return typeof value === "string" ? value : "";
}
