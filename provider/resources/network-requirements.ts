import type { OperationContext, PlanAdjustment, PlanRequest } from "../resource";
import { text, textMap } from "../value";
import { keepProject } from "./labels-plan";
import { requireEngine, type Requirement } from "./requirement";

/** By the release notes of Docker Engine 23.0 (moby/moby#42542). */
export const NETWORK_REQUIREMENTS: readonly Requirement[] = [
  {
    attribute: "options.ipvlan_mode",
    value: "l3s",
    api: "1.42",
    docker: "23.0",
    isUsed: ({ driver, options }) => text(driver) === "ipvlan" && textMap(options)["ipvlan_mode"] === "l3s",
  },
];

export async function planNetwork(request: PlanRequest, { engine }: OperationContext): Promise<PlanAdjustment> {
  await requireEngine(request.planned, engine, NETWORK_REQUIREMENTS);
  return keepProject(request);
}
