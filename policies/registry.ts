import { anonymousVolume } from "./rules/anonymous-volume";
import { apparmor } from "./rules/apparmor";
import { baseLatest } from "./rules/base-latest";
import { baseTag } from "./rules/base-tag";
import { bindAddress } from "./rules/bind-address";
import { capabilities } from "./rules/capabilities";
import { cgroup } from "./rules/cgroup";
import { copyNotAdd } from "./rules/copy-not-add";
import { cpu } from "./rules/cpu";
import { defaultBridge } from "./rules/default-bridge";
import { devices } from "./rules/devices";
import { dockerfileSecret } from "./rules/dockerfile-secret";
import { dockerfileUser } from "./rules/dockerfile-user";
import { engineSocket } from "./rules/engine-socket";
import { health } from "./rules/health";
import { hostDirectories } from "./rules/host-directories";
import { hostIpc } from "./rules/host-ipc";
import { hostMemory } from "./rules/host-memory";
import { hostNetwork } from "./rules/host-network";
import { hostPid } from "./rules/host-pid";
import { hostPort } from "./rules/host-port";
import { hostUsers } from "./rules/host-users";
import { hostUts } from "./rules/host-uts";
import { imageDigest } from "./rules/image-digest";
import { imageHealthcheck } from "./rules/image-healthcheck";
import { imageVersion } from "./rules/image-version";
import { jsonCommand } from "./rules/json-command";
import { layerOrder } from "./rules/layer-order";
import { logRetention } from "./rules/log-retention";
import { loneUpdate } from "./rules/lone-update";
import { memory } from "./rules/memory";
import { namesNotAddresses } from "./rules/names-not-addresses";
import { neededPorts } from "./rules/needed-ports";
import { newPrivileges } from "./rules/new-privileges";
import { nonRootUser } from "./rules/non-root-user";
import { pids } from "./rules/pids";
import { pinnedPackages } from "./rules/pinned-packages";
import { pipefail } from "./rules/pipefail";
import { plainTcp } from "./rules/plain-tcp";
import { privileged } from "./rules/privileged";
import { privilegedPorts } from "./rules/privileged-ports";
import { propagation } from "./rules/propagation";
import { readOnlyRoot } from "./rules/read-only-root";
import { restart } from "./rules/restart";
import { seccomp } from "./rules/seccomp";
import { secret } from "./rules/secret";
import { selinux } from "./rules/selinux";
import { sshd } from "./rules/sshd";
import { ulimit } from "./rules/ulimit";
import { usedException } from "./rules/used-exception";

/** Every rule, in the order in which they are documented and reported. */
export const rules = [
  nonRootUser,
  imageHealthcheck,
  loneUpdate,
  copyNotAdd,
  dockerfileSecret,
  dockerfileUser,
  baseTag,
  baseLatest,
  pinnedPackages,
  jsonCommand,
  pipefail,
  layerOrder,
  apparmor,
  selinux,
  capabilities,
  privileged,
  hostDirectories,
  sshd,
  privilegedPorts,
  neededPorts,
  hostNetwork,
  memory,
  cpu,
  readOnlyRoot,
  bindAddress,
  restart,
  hostPid,
  hostIpc,
  devices,
  ulimit,
  propagation,
  hostUts,
  seccomp,
  cgroup,
  newPrivileges,
  health,
  pids,
  defaultBridge,
  hostUsers,
  engineSocket,
  imageVersion,
  imageDigest,
  hostMemory,
  logRetention,
  anonymousVolume,
  secret,
  namesNotAddresses,
  hostPort,
  plainTcp,
  usedException,
] as const;

/** Id of a rule: `CIS-5.13`. */
export type RuleId = (typeof rules)[number]["id"];

export const ruleIds: readonly RuleId[] = rules.map(({ id }) => id);

export function isRuleId(id: string): id is RuleId {
  return ruleIds.some((known) => known === id);
}
