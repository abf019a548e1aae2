import { posix } from "node:path";
import { accept, refuse, rule, type Rule } from "./rule";

// Without what Docker (:), Terraform ($ % { } \ ") or a shell would read as more than a name.
const SAFE = /^\/[\p{L}\p{N}._@+,=~ /-]*$/u;

// Never the data of one container, though a directory below them may be.
const SHARED = ["/", "/home", "/media", "/mnt", "/opt", "/srv", "/var", "/var/lib", "/var/local", "/var/log", "/usr/local"];
// Neither they nor anything below them: the system's own, the engine's own, or emptied at boot.
const SYSTEM = [
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/lib",
  "/lib32",
  "/lib64",
  "/libx32",
  "/proc",
  "/root",
  "/run",
  "/sbin",
  "/sys",
  "/tmp",
  "/usr",
  "/var/cache",
  "/var/lib/containerd",
  "/var/lib/docker",
  "/var/run",
  "/var/spool",
  "/var/tmp",
];

/** An absolute path in its shortest form; `what` says of what. */
export function absolutePath(what: string): Rule<string> {
  return rule(`an absolute path of ${what}`, (text) => absolute(text) ?? accept(text));
}

/** `keyword`, or a directory of the host that may hold data. */
export function dataDirectoryOr(keyword: string): Rule<string> {
  const accepted = `${keyword}, or an absolute host directory such as /srv/data/mysql, never / or a system path`;
  return rule(accepted, (text) => {
    if (text === keyword) return accept(text);
    return absolute(text) ?? system(text) ?? accept(text);
  });
}

function absolute(text: string) {
  if (!text.startsWith("/")) return refuse("begin it with /");
  if (!SAFE.test(text)) return refuse("use letters, digits, spaces and . _ - @ + , = ~ in its names");
  const short = posix.normalize(text).replace(/(.)\/$/, "$1");
  return short === text ? undefined : refuse(`write ${short}`);
}

function system(path: string) {
  if (SHARED.includes(path)) return refuse(`${path} is shared: name a directory below it`);
  const owner = SYSTEM.find((directory) => path === directory || path.startsWith(`${directory}/`));
  return owner === undefined || path.startsWith("/usr/local/") ? undefined : refuse(`${owner} is a system path`);
}
