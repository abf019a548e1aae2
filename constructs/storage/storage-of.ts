import { posix } from "node:path";
import { HostLayout } from "./host-layout";
import { Storage } from "./storage";

/** Before a directory that lies right below a file system of its own. */
export const MOUNTED = "mounted:";

/**
 * The storage that a setting names: `volume`, a directory of the host, or `mounted:` and a directory right below a file system of its own,
 * such as `mounted:/srv/data/mysql`.
 */
export function storageOf(text: string): Storage {
  if (text === "volume") return Storage.volume();
  if (!text.startsWith(MOUNTED)) return Storage.hostDirectory(text);
  const path = text.slice(MOUNTED.length);
  return new HostLayout({ data: posix.dirname(path) }).data(posix.basename(path));
}
