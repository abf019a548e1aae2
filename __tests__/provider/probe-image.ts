import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Engine } from "../../engine";
import { buildImage } from "../../provider/resources/image-build";
import { BUSYBOX, debianProgram } from "./debian-program";
import { operationContext } from "./operation-context";
import { HOST } from "./test-engine";

const DOCKERFILE = 'FROM scratch\nADD rootfs /\nENV PATH=/bin\nCMD ["sleep","600"]\n';

/** Builds `probe:1` and `probe:2`, one image: a static busybox that sleeps for ten minutes. */
export async function buildProbeImages(host = HOST): Promise<void> {
  const engine = new Engine({ host });
  const directory = mkdtempSync(join(tmpdir(), "docker-tiers-probe-"));
  try {
    if ((await engine.find("/images/probe:1/json")) === undefined) await buildProbe(engine, directory);
    await engine.post("/images/probe:1/tag", { query: { repo: "probe", tag: "2" } });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function buildProbe(engine: Engine, directory: string): Promise<void> {
  writeFileSync(join(directory, "Dockerfile"), DOCKERFILE);
  const bin = join(directory, "rootfs/bin");
  execFileSync("mkdir", ["-p", bin, join(directory, "rootfs/tmp"), join(directory, "rootfs/etc")]);
  copyFileSync(debianProgram(BUSYBOX), join(bin, "busybox"));
  chmodSync(join(bin, "busybox"), 0o755);
  const applets = execFileSync(join(bin, "busybox"), ["--list"], { encoding: "utf8" })
    .split("\n")
    .filter((name) => name !== "" && name !== "busybox");
  for (const applet of applets) execFileSync("ln", ["-sf", "busybox", join(bin, applet)]);
  writeFileSync(join(directory, "rootfs/etc/passwd"), "root:x:0:0:root:/:/bin/sh\n");
  await buildImage(operationContext(engine), "probe:1", { context: directory });
}
