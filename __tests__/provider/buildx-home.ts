import { mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suiteProgram } from "../../script/suite-program";
import { BUILDX } from "./debian-program";

/** The configuration of a user who has docker buildx: a directory for `DOCKER_CONFIG`, to be removed. */
export async function makeBuildxHome(): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), "docker-tiers-buildx-"));
  mkdirSync(join(home, "cli-plugins"));
  symlinkSync(await suiteProgram(BUILDX), join(home, "cli-plugins/docker-buildx"));
  return home;
}
