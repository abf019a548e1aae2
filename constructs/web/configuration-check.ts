import type { Construct } from "constructs";
import { Container } from "../container";
import type { ContainerSpec } from "../container-spec";
import { LABEL } from "../labels";
import { objectName } from "../naming";
import type { IClient } from "../workload";
import { CONFIGURATION } from "./nginx-process";

/** The same container in all that nginx reads, which tests its configuration and ends. */
const checkOf = (spec: ContainerSpec): ContainerSpec => ({
  ...spec,
  lifetime: "job",
  rolling: true,
  entrypoint: ["nginx"],
  command: ["-t", "-q", "-c", `${CONFIGURATION}/nginx.conf`],
  attachments: spec.attachments.map(({ network }) => ({ network, aliases: [] })),
  published: [],
  health: undefined,
});

/** nginx's container, and before it a job that tries its configuration: when that fails, the deploy ends and what is served stays. */
export function checkFirst(tier: Construct & IClient): void {
  const spec = (): ContainerSpec => tier.workload.spec();
  const check = new Container(tier, "Check", objectName(tier, "check"), () => checkOf(spec()));
  new Container(tier, "Resource", objectName(tier), () => ({
    ...spec(),
    labels: { ...spec().labels, [LABEL.replace]: "within-update" },
    dependsOn: [...spec().dependsOn, check],
  }));
}
