import { execFileSync } from "node:child_process";
import { suiteProgram } from "../script/suite-program";

/** Path of docker compose 2.40. */
export const composeProgram = (): Promise<string> =>
  suiteProgram({ suite: "forky", package: "docker-compose", path: "usr/libexec/docker/cli-plugins/docker-compose" });

export const composeVersion = (program: string): string => execFileSync(program, ["version", "--short"], { encoding: "utf8" }).trim();
