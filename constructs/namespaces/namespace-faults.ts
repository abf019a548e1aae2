import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { Fault } from "../resources/fault";
import type { Resources } from "../resources/resources";
import { sysctlsOf } from "../resources/sysctls";
import { Namespace } from "./namespace";
import type { Namespaces } from "./namespaces";

const fault = (message: string): Fault => ({ code: "NAMESPACE", message });

/** @returns the first of what cannot be, by itself or together with the resources */
export function namespaceFault(owner: IConstruct, replicas: number, namespaces: Namespaces, resources: Resources): Fault | undefined {
  const shared = [namespaces.ipc, namespaces.pid].filter((each): each is Namespace => each instanceof Namespace);
  return (
    shared.map((namespace) => sharingFault(owner, replicas, namespace)).find((each) => each !== undefined) ??
    hostnameFault(namespaces) ??
    ipcFault(namespaces, resources)
  );
}

function sharingFault(owner: IConstruct, replicas: number, { holder }: Namespace): Fault | undefined {
  const other = holder.node.path;
  if (TerraformStack.of(holder) !== TerraformStack.of(owner)) {
    return fault(`namespace must be that of a service in one stack, got ${other}; declare both in one`);
  }
  if (replicas <= holder.replicas) return undefined;
  return fault(
    `replicas must be at most the ${String(holder.replicas)} of ${other}, whose namespaces are shared one by one, got ${String(replicas)}; use ${String(holder.replicas)}`,
  );
}

function hostnameFault({ uts, hostname }: Namespaces): Fault | undefined {
  if (hostname === undefined) return undefined;
  if (uts === "host")
    return fault(`hostname must be left out with the host's UTS namespace, got ${JSON.stringify(hostname)}; leave one out`);
  if (/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(hostname)) return undefined;
  return fault(`hostname must be lower-case letters, digits, "-" and ".", at most 63, got ${JSON.stringify(hostname)}; use "shop"`);
}

/** Shared memory and the kernel's parameters of IPC are those of the namespace's owner. */
function ipcFault({ ipc }: Namespaces, { shmMiB, sysctls = {} }: Resources): Fault | undefined {
  if (ipc === undefined) return undefined;
  const whose = ipc instanceof Namespace ? `that of ${ipc.holder.node.path}` : JSON.stringify(ipc);
  if (shmMiB !== undefined)
    return fault(`shmMiB must be left out with another IPC namespace, got ${String(shmMiB)} with ${whose}; set it there`);
  const [name] = sysctlsOf(sysctls, "ipc");
  if (name === undefined || ipc === "none") return undefined;
  return fault(`sysctl ${name} must be left out with another IPC namespace, got it with ${whose}; set it there`);
}
