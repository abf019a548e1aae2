import type { Engine } from "../engine";
import type { EngineContainer, EngineFacts, EngineInfo, EngineNetwork } from "./engine-facts";

/** The engine that is asked. */
export type AskedEngine = Pick<Engine, "get" | "close">;

/** Versions apart, these paths are the same for every engine: also one that is too old or too new for us can be told about. */
const ANY_VERSION = { versioned: false };

/** @throws EngineError when it does not answer */
export async function readEngine(engine: AskedEngine, now: () => number): Promise<EngineFacts> {
  const version = await engine.get<{ Version: string; ApiVersion: string; MinAPIVersion?: string }>("/version", ANY_VERSION);
  const asked = now();
  const info = await engine.get<EngineInfo>("/info", ANY_VERSION);
  const between = (asked + now()) / 2;
  const networks = await engine.get<ListedNetwork[]>("/networks", ANY_VERSION);
  const containers = await engine.get<ListedContainer[]>("/containers/json", ANY_VERSION);
  return {
    version: version.Version,
    api: version.ApiVersion,
    oldestApi: version.MinAPIVersion ?? version.ApiVersion,
    info,
    networks: networks.map(network),
    containers: containers.map(container),
    clockAhead: (Date.parse(info.SystemTime) - between) / 1000,
  };
}

interface ListedNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Driver: string;
  readonly Options?: Readonly<Record<string, string>> | null;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] | null };
}

interface ListedContainer {
  readonly Names?: readonly string[];
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly Ports?: readonly { readonly IP?: string; readonly PublicPort?: number }[] | null;
}

function network({ Id, Name, Driver, Options, Labels, IPAM }: ListedNetwork): EngineNetwork {
  const subnets = (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet === undefined ? [] : [Subnet]));
  return { id: Id, name: Name, driver: Driver, options: Options ?? {}, labels: Labels ?? {}, subnets };
}

function container({ Names, Labels, Ports }: ListedContainer): EngineContainer {
  const ports = (Ports ?? []).flatMap(({ IP = "", PublicPort }) => (PublicPort === undefined ? [] : [{ address: IP, port: PublicPort }]));
  return { name: (Names?.[0] ?? "").replace(/^\//, ""), labels: Labels ?? {}, ports };
}
