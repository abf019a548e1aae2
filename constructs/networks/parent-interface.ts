import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { Claims } from "../claims";
import { ConstructError } from "../errors";

/** Of the kernel: IFNAMSIZ without its final NUL. */
const LONGEST = 15;
const LAST_VLAN = 4094;

const PARENTS = new Claims("PARENT", "parent interface");

/**
 * An interface of the host, or a VLAN on one, such as `eth0.20`, which the engine makes when it is missing.
 *
 * @throws ConstructError `PARENT` for what is no name of an interface, and where another network of the stack has it
 */
export function requireParent(network: IConstruct, parent: string): void {
  const name = /^[^\s/:.]+(?:\.(?<vlan>\d+))?$/.exec(parent);
  const vlan = Number(name?.groups?.["vlan"] ?? 1);
  if (name === null || parent.length > LONGEST || vlan < 1 || vlan > LAST_VLAN) {
    throw new ConstructError(
      "PARENT",
      `parent must be an interface of the host, with a VLAN of 1 to ${String(LAST_VLAN)} if any, got ${JSON.stringify(parent)}; use "eth0" or "eth0.20"`,
      network,
    );
  }
  PARENTS.claim(TerraformStack.of(network), parent, network);
}
