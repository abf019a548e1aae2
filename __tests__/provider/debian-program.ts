import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { suiteProgram, type SuiteProgram } from "../../script/suite-program";

const CACHE = resolve(__dirname, "../../node_modules/.cache/debian-programs");

/** The paths are those that a package has had for its program. */
interface DebianProgram {
  readonly package: string;
  readonly paths: readonly string[];
}

export const BUSYBOX: DebianProgram = { package: "busybox-static", paths: ["/bin/busybox", "/usr/bin/busybox"] };
export const REGISTRY: DebianProgram = { package: "docker-registry", paths: ["/usr/bin/docker-registry"] };

/** The first that knows how to build for the engines that we know. */
export const BUILDX: SuiteProgram = { suite: "trixie", package: "docker-buildx", path: "usr/libexec/docker/cli-plugins/docker-buildx" };

/** Path of a program: the installed one, or that of the distribution's package, which is fetched once. */
export function debianProgram({ package: name, paths }: DebianProgram): string {
  const unpacked = join(CACHE, name);
  const places = [...paths, ...paths.map((path) => join(unpacked, path))];
  const find = (): string | undefined => places.find((path) => existsSync(path));
  const found = find() ?? (unpack(name, unpacked), find());
  if (found === undefined) throw new Error(`package ${name} must have ${paths.join(" or ")}, got neither`);
  return found;
}

function unpack(name: string, directory: string): void {
  mkdirSync(CACHE, { recursive: true });
  const scratch = mkdtempSync(join(CACHE, "unpack-"));
  download(name, scratch);
  const archive = readdirSync(scratch).find((file) => file.endsWith(".deb")) ?? "";
  execFileSync("dpkg-deb", ["-x", archive, "."], { cwd: scratch });
  renameSync(scratch, directory);
}

function download(name: string, cwd: string): void {
  const get = (...words: string[]): Buffer => execFileSync("apt-get", words, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  try {
    get("download", name);
  } catch {
    // The lists of a fresh machine are empty, those of an old one name versions that are gone.
    get("update");
    get("download", name);
  }
}

/** Fetches them all, for where tests have no network. */
if (require.main === module) {
  for (const program of [BUSYBOX, REGISTRY]) console.log(debianProgram(program));
  void suiteProgram(BUILDX).then(console.log);
}
