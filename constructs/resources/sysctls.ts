import { textFault } from "../text";
import type { Fault } from "./fault";

/** Kernel parameters that belong to a namespace; what is not among them would be the whole host's. */
const OF_IPC = /^(kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|fs\.mqueue\.[\w]+)$/;
const OF_NETWORK = /^net\.[\w./-]+$/;

export type Sysctls = Readonly<Record<string, string | number>>;

/** Names of those that belong to a namespace. */
export const sysctlsOf = (sysctls: Sysctls, namespace: "ipc" | "network"): string[] =>
  Object.keys(sysctls).filter((name) => (namespace === "ipc" ? OF_IPC : OF_NETWORK).test(name));

export function sysctlFault(sysctls: Sysctls): Fault | undefined {
  for (const [name, value] of Object.entries(sysctls)) {
    if (!OF_IPC.test(name) && !OF_NETWORK.test(name)) {
      const must = "sysctl must be one of a container's own namespaces (net.*, fs.mqueue.*, kernel.msg*, kernel.sem, kernel.shm*)";
      return { code: "SYSCTL", message: `${must}, got ${JSON.stringify(name)}; set it on the host` };
    }
    const fault = String(value).trim() === "" ? 'must be given, got ""; leave it out' : textFault(String(value));
    if (fault !== undefined) return { code: "SYSCTL", message: `value of sysctl ${name} ${fault}` };
  }
  return undefined;
}

export const renderSysctls = (sysctls: Sysctls): Record<string, string> =>
  Object.fromEntries(Object.entries(sysctls).map(([name, value]) => [name, String(value)]));
