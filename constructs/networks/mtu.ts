import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";

/**
 * Driver options for the largest packet.
 *
 * @throws ConstructError `MTU`
 */
export function mtuOption(scope: IConstruct, mtu: number | undefined): Record<string, string> {
  if (mtu === undefined) return {};
  if (Number.isInteger(mtu) && mtu >= 68 && mtu <= 65535) return { "com.docker.network.driver.mtu": String(mtu) };
  throw new ConstructError("MTU", `mtu must be a whole number of 68 to 65535, got ${String(mtu)}; leave it out for 1500`, scope);
}
