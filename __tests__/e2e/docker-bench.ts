import type { Docker } from "./docker";

/** What the engine reports of a container, as far as the rules look. */
interface BenchContainer {
  readonly Id: string;
  readonly Name: string;
  readonly Image: string;
  readonly AppArmorProfile: string;
  readonly State: { readonly Running: boolean };
  readonly Config: { readonly User: string; readonly Healthcheck?: { readonly Test?: readonly string[] } | null };
  readonly Mounts: readonly { readonly Source: string; readonly RW: boolean; readonly Propagation?: string }[];
  readonly HostConfig: {
    readonly CapAdd: readonly string[] | null;
    readonly Privileged: boolean;
    readonly SecurityOpt: readonly string[] | null;
    readonly NetworkMode: string;
    readonly PortBindings: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>> | null;
    readonly Memory: number;
    readonly CpuShares: number;
    readonly NanoCpus: number;
    readonly ReadonlyRootfs: boolean;
    readonly RestartPolicy: { readonly Name: string; readonly MaximumRetryCount: number };
    readonly PidMode: string;
    readonly IpcMode: string;
    readonly UTSMode: string;
    readonly UsernsMode: string;
    readonly CgroupParent: string;
    readonly PidsLimit: number | null;
    readonly Devices: readonly unknown[] | null;
  };
}

/** A container with what its engine knows of its image and processes. */
interface Benched extends BenchContainer {
  readonly imageUser: string;
  readonly commands: readonly string[];
}

const SENSITIVE = ["/", "/boot", "/dev", "/etc", "/lib", "/proc", "/sys", "/usr"];
/** Those that a container has without asking for more. */
const ORDINARY =
  /^(CAP_)?(AUDIT_WRITE|CHOWN|DAC_OVERRIDE|FOWNER|FSETID|KILL|MKNOD|NET_BIND_SERVICE|NET_RAW|SETFCAP|SETGID|SETPCAP|SETUID|SYS_CHROOT)$/;

const isRoot = (user: string): boolean => ["", "0", "root"].includes(user.replace(/:.*/, ""));
const options = ({ HostConfig }: Benched): readonly string[] => HostConfig.SecurityOpt ?? [];
const bindings = ({ HostConfig }: Benched): { readonly HostIp: string; readonly HostPort: string }[] =>
  Object.values(HostConfig.PortBindings ?? {}).flatMap((all) => all ?? []);

/**
 * When docker-bench-security 1.6.1 warns of a container, by the number of CIS 1.6; in our own words, from what its rules look at. Left out
 * is what is no matter of a container: 4.5 (a variable of the client) and 5.1 (swarm mode), and what it only notes.
 */
export const warnings: Readonly<Record<string, (container: Benched) => boolean>> = {
  "4.1": ({ Config, imageUser }) => isRoot(Config.User) || isRoot(imageUser),
  "5.2": ({ AppArmorProfile }) => ["", "unconfined"].includes(AppArmorProfile),
  "5.3": (container) => options(container).length === 0,
  "5.4": ({ HostConfig }) => (HostConfig.CapAdd ?? []).some((capability) => !ORDINARY.test(capability)),
  "5.5": ({ HostConfig }) => HostConfig.Privileged,
  "5.6": ({ Mounts }) => Mounts.some(({ Source, RW }) => RW && SENSITIVE.includes(Source)),
  "5.7": ({ commands }) => commands.some((command) => command.includes("sshd")),
  "5.8": (container) => bindings(container).some(({ HostPort }) => HostPort !== "" && Number(HostPort) < 1024),
  "5.9": (container) => bindings(container).length > 0,
  "5.10": ({ HostConfig }) => HostConfig.NetworkMode === "host",
  "5.11": ({ HostConfig }) => HostConfig.Memory === 0,
  "5.12": ({ HostConfig }) => HostConfig.CpuShares === 0 && HostConfig.NanoCpus === 0,
  "5.13": ({ HostConfig }) => !HostConfig.ReadonlyRootfs,
  "5.14": (container) => bindings(container).some(({ HostIp }) => ["", "0.0.0.0", "::"].includes(HostIp)),
  // The script counts retries alone, which only on-failure has.
  "5.15": ({ HostConfig }) => HostConfig.RestartPolicy.MaximumRetryCount > 5,
  "5.16": ({ HostConfig }) => HostConfig.PidMode === "host",
  "5.17": ({ HostConfig }) => HostConfig.IpcMode === "host",
  "5.18": ({ HostConfig }) => (HostConfig.Devices ?? []).length > 0,
  "5.20": ({ Mounts }) => Mounts.some(({ Propagation }) => Propagation?.includes("shared") === true),
  "5.21": ({ HostConfig }) => HostConfig.UTSMode === "host",
  "5.22": (container) => options(container).some((option) => /^seccomp[:=]unconfined$/.test(option)),
  "5.25": ({ HostConfig }) => HostConfig.CgroupParent !== "",
  "5.26": (container) => !options(container).some((option) => option.startsWith("no-new-privileges")),
  "5.27": ({ Config }) => [undefined, "NONE"].includes(Config.Healthcheck?.Test?.[0]),
  "5.29": ({ HostConfig }) => (HostConfig.PidsLimit ?? 0) <= 0,
  "5.30": ({ HostConfig }) => ["default", "bridge"].includes(HostConfig.NetworkMode),
  "5.31": ({ HostConfig }) => HostConfig.UsernsMode === "host",
  "5.32": ({ Mounts }) => Mounts.some(({ Source }) => Source.endsWith("docker.sock")),
};

interface BenchImage {
  readonly Id: string;
  readonly RepoTags: readonly string[] | null;
  readonly Config: { readonly User?: string; readonly Healthcheck?: unknown };
}

/** When it warns of an image, whether a container is made of it or not. */
export const imageWarnings: Readonly<Record<string, (image: BenchImage) => boolean>> = {
  "4.1": ({ Config }) => isRoot(Config.User ?? ""),
  "4.6": ({ Config }) => (Config.Healthcheck ?? null) === null,
};

/** The images of each warning, by rule. */
export async function benchImages(docker: Docker, names: readonly string[]): Promise<Record<string, string[]>> {
  const images = await docker.inspect<BenchImage>("image", names);
  return byRule(imageWarnings, images, ({ Id, RepoTags }) => RepoTags?.[0] ?? Id);
}

/** The containers of each warning, by rule. */
export async function bench(docker: Docker, ids: readonly string[]): Promise<Record<string, string[]>> {
  const containers = await Promise.all((await docker.inspect<BenchContainer>("container", ids)).map((each) => complete(docker, each)));
  return byRule(warnings, containers, ({ Name }) => Name.slice(1));
}

function byRule<T>(
  rules: Readonly<Record<string, (each: T) => boolean>>,
  all: readonly T[],
  nameOf: (each: T) => string,
): Record<string, string[]> {
  const found = Object.entries(rules).map(([rule, warns]): [string, string[]] => [rule, all.filter(warns).map(nameOf)]);
  return Object.fromEntries(found.filter(([, names]) => names.length > 0));
}

async function complete(docker: Docker, container: BenchContainer): Promise<Benched> {
  const [image] = await docker.inspect<{ Config: BenchContainer["Config"] }>("image", [container.Image]);
  const commands = container.State.Running ? await docker.lines("top", container.Id, "-eo", "pid,comm") : [];
  return { ...container, imageUser: image?.Config.User ?? "", commands };
}
