import type { ContainerInspect, Endpoint } from "../../../provider/resources/container-api";
import { CONTAINER_SCHEMA } from "../../../provider/resources/container-schema";
import { testEngine } from "../test-engine";
import { loadBareImage } from "./bare-image";
import { changedAt, type Seen } from "./case";
import { CONTAINER } from "./container-table";
import type { Stored } from "./protocol";
import type { Subject } from "./trial";

export const engine = testEngine();

const NAME = "drift-c";
const OTHERS = ["drift-source", "drift-other"];
const BUILT_IN = ["bridge", "host", "none"];

/** Containers of one name, which are made and never run. */
export class ContainerSubject implements Subject {
  readonly table = CONTAINER;
  readonly schema = CONTAINER_SCHEMA;

  constructor(private readonly original: ContainerInspect) {}

  /** Another container in place of the one that Terraform knows. */
  async change(stored: Stored, cases: readonly Seen[]): Promise<Stored> {
    const other = cases.reduce((before, { place, value }) => changedAt(before, place, value), this.original);
    const body = {
      ...other.Config,
      // A running one's, which current engines tell here, too: it belongs to its endpoint.
      MacAddress: undefined,
      Image: other.Image,
      HostConfig: other.HostConfig,
      NetworkingConfig: { EndpointsConfig: endpointsOf(other) },
    };
    await this.restore();
    const { Id } = await engine.post<{ Id: string }>("/containers/create", { query: { name: NAME }, body });
    return { ...stored, values: { ...stored.values, id: Id } };
  }

  restore(): Promise<void> {
    return removeContainer(NAME);
  }
}

function endpointsOf({ NetworkSettings }: ContainerInspect): Record<string, Endpoint> {
  return Object.fromEntries(Object.entries(NetworkSettings.Networks ?? {}).filter(([name]) => !BUILT_IN.includes(name)));
}

/** The network, the containers and the image that the configurations refer to. */
export async function makeSurroundings(): Promise<void> {
  await removeSurroundings();
  const Config = [{ Subnet: "10.213.7.0/24" }, { Subnet: "fd00:213:7::/64" }];
  await engine.post("/networks/create", { body: { Name: "drift-net", EnableIPv6: true, IPAM: { Driver: "default", Config } } });
  for (const name of OTHERS) await engine.post("/containers/create", { query: { name }, body: { Image: "probe:1" } });
  await loadBareImage(engine, "localhost/drift-other");
  await loadBareImage(engine, "localhost/drift-foreign", "arm64");
}

export async function removeSurroundings(): Promise<void> {
  for (const name of [NAME, ...OTHERS]) await removeContainer(name);
  for (const name of ["data", "other"]) await forget(`/volumes/drift-${name}`);
  await forget("/networks/drift-net");
  for (const name of ["other", "foreign"]) await forget(`/images/localhost/drift-${name}:1`);
}

export const removeContainer = (name: string): Promise<void> => forget(`/containers/${name}`, { force: true, v: true });

export async function forget(path: string, query: Record<string, boolean> = {}): Promise<void> {
  if (await engine.find(path.startsWith("/images") || path.startsWith("/containers") ? `${path}/json` : path))
    await engine.delete(path, { query });
}
