import { ofHost, type Check, type Fault } from "../check";
import { ownFileSystem } from "../file-system";
import type { FileSystem, HostFacts } from "../host-facts";
import { quoted } from "../quoted";

/** Where code and configuration, logs, and data lie by custom. */
export const CUSTOMARY = ["/svc", "/logs", "/data", "/srv/svc", "/srv/logs", "/srv/data"];

/** Programs are run from svc only. */
const optionsOf = (path: string): string[] => (path.endsWith("/svc") ? ["nodev", "nosuid"] : ["nodev", "nosuid", "noexec"]);

export const directories: Check = {
  id: "HOST-DIRECTORIES",
  severity: "warning",
  cis: "1.1.1",
  must: "svc, logs, data and the stack's host directories must each lie on a file system of their own",
  why: "what fills one must not stop the others, and nothing in data has to be a device, set-uid or a program",
  mend: "mount one before there is content; a disk or logical volume may take the file's place",
  check: ofHost((host, { stack }) => {
    const wanted = parents([...CUSTOMARY.filter((path) => host.directories.has(path)), ...(stack?.directories ?? [])]);
    const seen = wanted.flatMap((path): [string, FileSystem][] => {
      const system = host.fileSystems.get(path);
      return system === undefined ? [] : [[path, system]];
    });
    return seen.flatMap(([path, system], index) => faults(host, path, system, seen.slice(0, index)));
  }),
};

/** A directory within another of them lies where that one does. */
const parents = (paths: readonly string[]): string[] =>
  [...new Set(paths)].filter((path) => !paths.some((other) => other !== path && path.startsWith(`${other}/`)));

function faults({ rootDevice }: HostFacts, path: string, system: FileSystem, others: readonly [string, FileSystem][]): Fault[] {
  const shared = others.find(([, other]) => other.device === system.device)?.[0];
  const lax = optionsOf(path).filter((option) => !system.options.includes(option));
  const commands = ownFileSystem(path, system, optionsOf(path));
  if (system.device === rootDevice) return [{ got: `${path} on the root file system`, commands }];
  if (shared !== undefined) return [{ got: `${path} on that of ${shared}`, commands }];
  if (lax.length === 0) return [];
  // Options are those of the whole file system, which may also hold programs.
  const remount = system.mountPoint === path ? [`mount -o remount,${lax.join(",")} ${quoted(path)}`] : commands;
  return [{ got: `${path} mounted without ${lax.join(", ")}`, commands: remount }];
}
