import { EngineError, type Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { overlaps } from "./cidr";
import { networkPath, type IpamConfig, type Network } from "./network-view";

/** The daemon says only that something overlaps; a user needs to know what. */
export async function explainOverlap(engine: Engine, wanted: readonly IpamConfig[], error: unknown): Promise<unknown> {
  if (!(error instanceof EngineError) || !/overlaps/i.test(error.message)) return error;
  const subnets = wanted.flatMap(({ Subnet }) => (Subnet ? [Subnet] : []));
  for (const other of await engine.get<Network[]>("/networks")) {
    const taken = (other.IPAM.Config ?? []).find(({ Subnet }) => Subnet && subnets.some((subnet) => overlaps(subnet, Subnet)));
    if (taken) {
      const detail = `subnet must not overlap with another network on ${engine.address}, got ${subnets.join(", ")}, which overlaps ${taken.Subnet ?? ""} of network ${other.Name}`;
      return new DiagnosticError("Subnet is taken", detail, { path: ["ipam_config"], cause: error });
    }
  }
  return error;
}

/** Cuts off what only seems to use the network; says who really does. */
export async function releaseEndpoints(engine: Engine, id: string, cause: unknown): Promise<void> {
  const found = await engine.get<Network>(networkPath(id));
  const users = Object.entries(found.Containers ?? {});
  if (users.length === 0) throw cause;
  const running: string[] = [];
  for (const [container, { Name }] of users) {
    const state = (await engine.find<{ State: { Running: boolean } }>(`/containers/${container}/json`))?.State;
    if (state?.Running) running.push(Name);
    else await engine.post(`${networkPath(id)}/disconnect`, { body: { Container: state ? container : Name, Force: true } });
  }
  if (running.length > 0) throw networkInUse(found.Name, running, cause);
}

/** Says which containers hold a network. */
export function networkInUse(name: string, containers: readonly string[], cause?: unknown): DiagnosticError {
  const disconnect = containers.map((container) => `\`docker network disconnect ${name} ${container}\``).join(", ");
  return new DiagnosticError(
    "Network is in use",
    `network ${name} must be free to be removed, got the containers ${containers.join(", ")} on it; remove them, or run ${disconnect}`,
    { cause },
  );
}
