import type { Check } from "./check";
import { addressPools } from "./checks/address-pools";
import { api } from "./checks/api";
import { apparmor } from "./checks/apparmor";
import { cgroupVersion } from "./checks/cgroup-version";
import { clock } from "./checks/clock";
import { controllers } from "./checks/controllers";
import { dataRootPartition } from "./checks/data-root-partition";
import { dataRootSpace } from "./checks/data-root-space";
import { dataRootType } from "./checks/data-root-type";
import { directRoute } from "./checks/direct-route";
import { directories } from "./checks/directories";
import { directoryType } from "./checks/directory-type";
import { disk } from "./checks/disk";
import { engine } from "./checks/engine";
import { engineFirewall } from "./checks/engine-firewall";
import { hostServices } from "./checks/host-services";
import { hostUsers } from "./checks/host-users";
import { icc } from "./checks/icc";
import { inputFirewall } from "./checks/input-firewall";
import { liveRestore } from "./checks/live-restore";
import { logRotation } from "./checks/log-rotation";
import { memory } from "./checks/memory";
import { nativeDiff } from "./checks/native-diff";
import { openTcp } from "./checks/open-tcp";
import { ports } from "./checks/ports";
import { seccomp } from "./checks/seccomp";
import { socket } from "./checks/socket";
import { socketUsers } from "./checks/socket-users";
import { storageDriver } from "./checks/storage-driver";
import { subnets } from "./checks/subnets";
import { swap } from "./checks/swap";
import { terraform } from "./checks/terraform";
import { userNamespaces } from "./checks/user-namespaces";
import { userlandProxy } from "./checks/userland-proxy";

/** Every check, in the order in which they are documented and reported. */
export const checks: readonly Check[] = [
  engine,
  api,
  storageDriver,
  directoryType,
  nativeDiff,
  dataRootSpace,
  dataRootType,
  dataRootPartition,
  cgroupVersion,
  controllers,
  swap,
  logRotation,
  liveRestore,
  userlandProxy,
  icc,
  userNamespaces,
  seccomp,
  apparmor,
  socket,
  socketUsers,
  openTcp,
  engineFirewall,
  directRoute,
  hostServices,
  hostUsers,
  inputFirewall,
  addressPools,
  subnets,
  memory,
  disk,
  clock,
  terraform,
  directories,
  ports,
];
