import { IpRange } from "../../constructs/networks/ip-range";
import { ofStack, type Check, type Fault } from "../check";
import { LABEL_STACK } from "../labels";
import type { Reading } from "../reading";

export const subnets: Check = {
  id: "HOST-SUBNET",
  severity: "error",
  must: "ranges of the stack's networks must be free on the host",
  why: "the engine refuses a range that another network has, and one that the host routes elsewhere cuts it off from there",
  mend: "give the network another subnet, or remove what has it",
  check: ofStack(({ name, subnets: wanted }, reading) =>
    reading.engine === undefined ? "unseen" : wanted.flatMap((range) => faults(range, name, reading)),
  ),
};

function faults(wanted: string, stack: string, { engine, host }: Reading): Fault[] {
  const networks = (engine?.networks ?? []).filter(({ labels }) => labels[LABEL_STACK] !== stack);
  const taken = networks.filter(({ subnets: ranges }) => ranges.some((range) => overlap(range, wanted)));
  const bridges = (engine?.networks ?? []).flatMap(({ id, options }) => [
    `br-${id.slice(0, 12)}`,
    options["com.docker.network.bridge.name"] ?? "",
  ]);
  const routes = (host?.routes ?? []).filter(({ link, range }) => !bridges.includes(link) && overlap(range, wanted));
  return [
    ...taken.map(({ name }) => ({
      got: `${wanted} that network ${name} has`,
      commands: name === "bridge" ? [] : [`docker network rm ${name}`],
    })),
    ...routes.map(({ link, range }) => ({ got: `${wanted} while ${range} is routed to ${link}` })),
  ];
}

/** Whether two ranges have an address in common. One that is no range of more than two addresses has none. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [IpRange.parse(one), IpRange.parse(other)];
  return a !== undefined && b !== undefined && a.overlaps(b);
}
