import { posix } from "node:path";

/** Nothing at or below these is storage. */
const SYSTEM_TREES = [
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/lib",
  "/lib32",
  "/lib64",
  "/proc",
  "/root",
  "/run",
  "/sbin",
  "/sys",
  "/usr",
  "/var/run",
  "/var/lib/docker",
  "/var/lib/containerd",
];
/** Parents of storage, not storage themselves. */
const PARENTS = ["/", "/home", "/media", "/mnt", "/opt", "/srv", "/tmp", "/var", "/var/lib", "/var/log"];

/** A directory right below a file system. */
export const DIRECTORY_NAME = /^[a-z0-9][a-z0-9._-]*$/;

/** Why a path of the host must not be given to a container, with a better one such as `example`; undefined when it may. */
export function hostPathFault(path: string, example = "/srv/data/mysql"): string | undefined {
  const normal = posix.normalize(path).replace(/(.)\/$/, "$1");
  if (!path.startsWith("/"))
    return `must be absolute, got ${JSON.stringify(path)}; use "${posix.dirname(example)}/${path.replace(/^[./]+/, "") || posix.basename(example)}"`;
  if (path.includes("\0") || path.includes(":")) return `must not hold ":" or NUL, got ${JSON.stringify(path)}; use "${example}"`;
  if (normal !== path)
    return `must be written without "..", "." and doubled or final slashes, got ${JSON.stringify(path)}; use ${JSON.stringify(normal)}`;
  if (PARENTS.includes(path) || SYSTEM_TREES.some((tree) => path === tree || path.startsWith(`${tree}/`))) {
    return `must not be a path of the system, got ${JSON.stringify(path)}; use "${example}"`;
  }
  return undefined;
}
