import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AptSuite } from "../images/apt-suite";
import { cacheDirectory, makeCacheDirectory } from "../images/cache-directory";
import { hostMirror } from "../images/mirror";

/** The first suite with docker compose 2.40; the program runs on any Debian. */
const SUITE = "forky";
const PROGRAM = "usr/libexec/docker/cli-plugins/docker-compose";

/** Path of the distribution's docker compose 2, fetched into the cache once; nothing is installed. */
export async function composeProgram(): Promise<string> {
  const cache = cacheDirectory();
  const directory = makeCacheDirectory(join(cache, "compose"));
  const program = join(directory, PROGRAM);
  if (existsSync(program)) return program;
  const packages = await new AptSuite({ cache, suite: SUITE, mirror: hostMirror() }).download(["docker-compose"]);
  const { file } = packages.find(({ name }) => name === "docker-compose") ?? { file: "docker-compose" };
  rmSync(directory, { recursive: true });
  execFileSync("dpkg-deb", ["-x", file, makeCacheDirectory(directory)]);
  return program;
}

export const composeVersion = (program: string): string => execFileSync(program, ["version", "--short"], { encoding: "utf8" }).trim();
