import { Namespace } from "./namespace";

/** Which of the kernel's views a container shares. Each default is a view of its own; `"host"` is an error of the policy that is named. */
export interface Namespaces {
  /**
   * Semaphores, message queues and shared memory. `"host"`: it reads and changes those of the host's programs (`CIS-5.17`). `"none"`: neither
   * `/dev/shm` nor queues. That of a service: both have one `/dev/shm`.
   *
   * @default - its own
   */
  readonly ipc?: "host" | "none" | Namespace;
  /**
   * Processes. `"host"`: it sees all of the host's, and signals those of its user (`CIS-5.16`). That of a service: each sees the other's processes, their
   * variables and files by `/proc`, and signals them where the user is the same; all end when the other's first process ends.
   *
   * @default - its own
   */
  readonly pid?: "host" | Namespace;
  /** Host name and domain. `"host"`: it has the host's, and could change it given `CAP_SYS_ADMIN` (`CIS-5.21`). Embedded provider only. @default - its own */
  readonly uts?: "host";
  /** Users. `"host"`: where the engine maps users (`userns-remap`), root inside is root outside (`CIS-5.31`). @default - the engine's */
  readonly user?: "host";
  /** Tree of cgroups. `"host"`: it sees where in the host's it stands, and its neighbours (`CIS-5.25`). @default - the engine's: private with cgroup v2 */
  readonly cgroup?: "private" | "host";
  /** Name in its UTS namespace, the same for all replicas. @default - the container's short id */
  readonly hostname?: string;
}

/** As the provider takes them; what is not given is left out. */
export function renderNamespaces(
  { ipc, pid, uts, user, cgroup, hostname }: Namespaces,
  place: { readonly replica: number; readonly lendsIpc: boolean; readonly naming: "reference" | "literal" },
): Readonly<Record<string, unknown>> {
  const mode = (namespace: string | Namespace): string =>
    namespace instanceof Namespace ? namespace.mode(place.replica, place.naming) : namespace;
  return {
    ...(ipc === undefined ? (place.lendsIpc ? { ipc_mode: "shareable" } : {}) : { ipc_mode: mode(ipc) }),
    ...(pid === undefined ? {} : { pid_mode: mode(pid) }),
    ...(uts === undefined ? {} : { uts_mode: uts }),
    ...(user === undefined ? {} : { userns_mode: user }),
    ...(cgroup === undefined ? {} : { cgroupns_mode: cgroup }),
    ...(hostname === undefined ? {} : { hostname }),
  };
}
