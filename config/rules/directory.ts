import { posix } from "node:path";
import { DIRECTORY_NAME, hostPathFault } from "../../constructs/storage/host-path";
import { MOUNTED } from "../../constructs/storage/storage-of";
import { accept, refuse, rule, type Outcome, type Rule } from "./rule";

// Without what Docker (:), Terraform ($ % { } \ ") or a shell would read as more than a name.
const SAFE = /^[\p{L}\p{N}._@+,=~ /-]+$/u;
const SAFE_HINT = "use letters, digits, spaces and . _ - @ + , = ~ in its names";

/** A directory of this machine, absolute or from the working directory; `what` says what is in it. */
export function localDirectory(what: string): Rule<string> {
  return rule(`the path of a directory with ${what}`, (text) => {
    if (text.startsWith("~")) return refuse("write the home directory out");
    return SAFE.test(text) ? accept(text) : refuse(SAFE_HINT);
  });
}

/** `keyword`, or a directory of the host that may hold data, with `mounted:` before it if it lies right below a file system of its own. */
export function dataDirectoryOr(keyword: string): Rule<string> {
  const accepted = `${keyword}, an absolute host directory such as /srv/data/mysql, never / or a system path, or mounted:/srv/data/mysql for one on a disk of its own`;
  return rule(accepted, (text) => (text === keyword ? accept(text) : text.startsWith(MOUNTED) ? onDisk(text) : dataDirectory(text)));
}

/** The disk's own path is no path of the system either. */
function onDisk(text: string): Outcome<string> {
  const path = text.slice(MOUNTED.length);
  const disk = posix.dirname(path);
  if (path.startsWith("/") && hostPathFault(disk) !== undefined) return refuse(`${disk} is a path of the system`);
  if (!DIRECTORY_NAME.test(posix.basename(path))) return refuse("name the directory in lower-case letters, digits, -, _ and .");
  const outcome = dataDirectory(path);
  return "value" in outcome ? accept(text) : outcome;
}

function dataDirectory(text: string): Outcome<string> {
  if (!text.startsWith("/")) return refuse("begin it with /");
  if (!SAFE.test(text)) return refuse(SAFE_HINT);
  const short = posix.normalize(text).replace(/(.)\/$/, "$1");
  if (hostPathFault(short) !== undefined) return refuse(`${short} is a path of the system`);
  return short === text ? accept(text) : refuse(`write ${short}`);
}
