import { EngineError, type Engine } from "../engine";
import { tarStream } from "../images/tar";
import { Failure } from "./failure";

/** What is written to a host, and where. */
export interface VolumeFile {
  readonly volume: string;
  /** Any image that the host has: its container is never started. */
  readonly image: string;
  readonly value: Uint8Array;
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
  /** Whose container it is, so that a broken run's is known as ours. */
  readonly labels: Readonly<Record<string, string>>;
}

type VolumeEngine = Pick<Engine, "find" | "post" | "put" | "delete">;

interface Inspected {
  readonly Config: { readonly Labels: Readonly<Record<string, string>> | null };
}

const TARGET = "/secret";
/** What older versions left behind names none. */
const PROJECT = "docker-tiers.project";

/**
 * Writes one file into a volume, from memory and over the Engine API alone. Nothing else is left on the host.
 *
 * @throws EngineError, Failure
 */
export async function writeVolumeFile(engine: VolumeEngine, file: VolumeFile): Promise<void> {
  const name = `${file.volume}-push`;
  await removeLeftover(engine, name, file.labels);
  const { Id } = await engine.post<{ Id: string }>("/containers/create", { query: { name }, body: containerBody(file) });
  try {
    await engine.put(`/containers/${Id}/archive`, { query: { path: TARGET }, body: archive(file) });
  } finally {
    await engine.delete(`/containers/${Id}`, { query: { force: true, v: true } });
  }
}

function containerBody({ image, volume, labels }: VolumeFile): object {
  const mount = { Type: "volume", Source: volume, Target: TARGET };
  return {
    Image: image,
    Entrypoint: ["true"],
    Cmd: [],
    User: "0:0",
    Labels: labels,
    HostConfig: { NetworkMode: "none", CapDrop: ["ALL"], Mounts: [mount], Memory: 16 * 1024 * 1024, RestartPolicy: { Name: "no" } },
  };
}

function archive({ value, uid, gid, mode }: VolumeFile): ReturnType<typeof tarStream> {
  const content = Buffer.from(value);
  return tarStream([[{ name: "value", mode, uid, gid, size: content.length, mtime: new Date(0) }, content]]);
}

/** A run that was killed leaves its container, which would hold the volume. */
async function removeLeftover(engine: VolumeEngine, name: string, labels: VolumeFile["labels"]): Promise<void> {
  const found = await engine.find<Inspected>(`/containers/${name}/json`);
  if (found === undefined) return;
  const existing = found.Config.Labels ?? {};
  const ours = Object.entries(labels).every(([label, value]) => (existing[label] ?? (label === PROJECT ? value : undefined)) === value);
  if (!ours) {
    throw new Failure("environment", `NAME_TAKEN: no other container must be called ${name}, got one; remove it: docker rm -f ${name}`);
  }
  await engine.delete(`/containers/${name}`, { query: { force: true, v: true } }).catch((error: unknown) => {
    if (!EngineError.isNotFound(error)) throw error;
  });
}
