import { DiagnosticError } from "../diagnostic";
import type { DataSource, OperationContext } from "../resource";
import type { ResourceSchema } from "../schema";
import { text, type ObjectValue } from "../value";
import { computed, required, TEXT_MAP } from "./attribute-kinds";
import { networkPath, type Network } from "./network-view";

const CONTAINERS = [
  "list",
  [
    "object",
    {
      container_id: "string",
      endpoint_id: "string",
      ipv4_address: "string",
      ipv6_address: "string",
      mac_address: "string",
      name: "string",
    },
  ],
] as const;

const ADDRESSES = ["set", ["object", { aux_address: TEXT_MAP, gateway: "string", ip_range: "string", subnet: "string" }]] as const;

const SCHEMA: ResourceSchema = {
  version: 0,
  attributes: {
    id: computed("string", { description: "Id of the network." }),
    name: required("string", { description: "Name or id of the network." }),
    driver: computed("string", { description: "Driver of the network." }),
    options: computed(TEXT_MAP, { description: "Options of the driver." }),
    internal: computed("bool", { description: "No route to the outside." }),
    scope: computed("string", { description: "local, swarm or global." }),
    ipam_config: computed(ADDRESSES, { description: "Subnets of the network." }),
    containers: computed(CONTAINERS, { description: "Running containers on the network, by name, with their addresses." }),
  },
};

/** Data source `docker_network`: a network that the engine has. */
export const networkData: DataSource = { schema: SCHEMA, read };

async function read(config: ObjectValue, { engine, signal }: OperationContext): Promise<ObjectValue> {
  const name = text(config["name"]) ?? "";
  const found = await engine.find<Network>(networkPath(name), { signal });
  if (!found) throw missing(name, engine.address);
  return {
    id: found.Id,
    name,
    driver: found.Driver,
    options: found.Options ?? {},
    internal: found.Internal,
    scope: found.Scope,
    ipam_config: (found.IPAM.Config ?? []).map((config) => ({
      subnet: config.Subnet ?? "",
      ip_range: config.IPRange ?? "",
      gateway: config.Gateway ?? "",
      aux_address: config.AuxiliaryAddresses ?? {},
    })),
    containers: members(found),
  };
}

function members({ Containers }: Network): ObjectValue[] {
  const list = Object.entries(Containers ?? {}).map(([id, member]) => ({
    container_id: id,
    name: member.Name,
    endpoint_id: member.EndpointID ?? "",
    mac_address: member.MacAddress ?? "",
    ipv4_address: member.IPv4Address ?? "",
    ipv6_address: member.IPv6Address ?? "",
  }));
  return list.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function missing(name: string, address: string): DiagnosticError {
  const detail = `name must be a network on the engine at ${address}, got ${JSON.stringify(name)}, which it does not have`;
  return new DiagnosticError("Network is missing", detail, { path: ["name"] });
}
