import { acted, seen, unseen, type DriftTable, type Variants } from "./case";
import { REFUSED } from "./reasons";

const CLUSTER = [
  "scope",
  "sharing",
  "type",
  "group",
  "availability",
  "required_bytes",
  "limit_bytes",
  "topology_required",
  "topology_preferred",
].map((name) => [`cluster.${name}`, unseen(REFUSED)] as const);

/** A volume: what another one in its place has otherwise. */
export const VOLUME: DriftTable = {
  type: "docker_volume",
  cases: {
    id: acted("it is removed", "a new one"),
    name: seen("Name", "drift-renamed"),
    driver: seen("Driver", "other", { variant: "answered" }),
    driver_opts: seen("Options", { type: "tmpfs", device: "tmpfs", o: "size=2m" }),
    "labels.label": seen("Labels", { other: "web" }),
    "labels.value": seen("Labels", { tier: "other" }),
    ...Object.fromEntries(CLUSTER),
  },
};

export const VOLUME_VARIANTS: Variants = {
  common: { name: "drift-v", driver_opts: { type: "tmpfs", device: "tmpfs", o: "size=1m" }, labels: [{ label: "tier", value: "web" }] },
  answered: { name: "drift-v", driver: "local" },
};
