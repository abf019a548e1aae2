import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";
import type { ContainerAttributes } from "../render-container";
import { sysctlsOf } from "../resources/sysctls";

/**
 * Kernel parameters of the network are those of the network's owner.
 *
 * @throws ConstructError `SYSCTL`
 */
export function requireOwnNetwork({ network_mode: mode, sysctls }: ContainerAttributes, at: IConstruct): void {
  if (typeof mode !== "string" || !/^(host$|container:)/.test(mode)) return;
  const [name] = sysctlsOf((sysctls ?? {}) as Readonly<Record<string, string>>, "network");
  if (name === undefined) return;
  throw new ConstructError(
    "SYSCTL",
    `sysctl ${name} must be left out on another's network, got it with network mode ${mode.replace(/:.*/, "")}; set it there`,
    at,
  );
}
