import { acted, seen, unseen, type DriftTable, type Variants } from "./case";
import { WRITE_ONLY } from "./reasons";

const LABELS = {
  "labels.label": seen("Spec.Labels", { other: "web" }),
  "labels.value": seen("Spec.Labels", { tier: "other" }),
};

export const CONFIG: DriftTable = {
  type: "docker_config",
  cases: {
    id: acted("it is removed", "a new one"),
    name: seen("Spec.Name", "drift-renamed"),
    data: seen("Spec.Data", "Yg=="),
    data_raw: seen("Spec.Data", "Yg==", { variant: "raw", with: ["data"] }),
    ...LABELS,
  },
};

export const SECRET: DriftTable = {
  type: "docker_secret",
  cases: { id: acted("it is removed", "a new one"), name: seen("Spec.Name", "drift-renamed"), data: unseen(WRITE_ONLY), ...LABELS },
};

const labels = [{ label: "tier", value: "web" }];

export const SWARM_DATA_VARIANTS: { readonly [type: string]: Variants } = {
  docker_config: { common: { name: "drift-d", data: "YQ==", labels }, raw: { name: "drift-d", data_raw: "a" } },
  docker_secret: { common: { name: "drift-d", data: "YQ==", labels } },
};
