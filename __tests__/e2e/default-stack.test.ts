import { join } from "node:path";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { imageName } from "../../images/recipe";
import { mysqlRecipe } from "../../images/recipes/mysql";
import { nginxRecipe } from "../../images/recipes/nginx";
import { nodeRecipe } from "../../images/recipes/node";
import { redisRecipe } from "../../images/recipes/redis";
import { buildProbeImages } from "../provider/probe-image";
import type { Outcome } from "./command";
import { bench, benchImages, imageWarnings, warnings } from "./docker-bench";
import type { ContainerFacts } from "./docker";
import { NODE_IMAGE } from "./guestbook-project";
import { Inside } from "./inside";
import { REPOSITORY } from "./project";
import { SharedStack } from "./shared-stack";

let shared: SharedStack;
let running: ContainerFacts[];
const loose: string[] = [];

beforeAll(async () => {
  shared = await SharedStack.deployed();
  running = (await shared.docker.containers(shared.stack)).filter(({ State }) => State.Running);
});

afterAll(async () => {
  if (loose.length > 0) await shared.docker.run(["rm", "-f", "-v", ...loose]);
});

/** A container as docker's own client makes it, with what is given. */
async function container(verb: "create" | "run", options: readonly string[], program: readonly string[]): Promise<string> {
  const start = verb === "run" ? ["run", "-d"] : ["create"];
  const id = await shared.docker.run([...start, ...options, "--entrypoint", "sh", NODE_IMAGE, ...program]);
  loose.push(id);
  return id;
}

describe("docker-bench, over the default stack", () => {
  /** What depends on the host, and what a web tier is for: docs/security.md says why. */
  const KNOWN = ["5.2", "5.9"];

  it("warns of nothing but the host's AppArmor and the port that is published", async () => {
    expect(running.length).toBeGreaterThanOrEqual(5);
    const found = await bench(
      shared.docker,
      running.map(({ Id }) => Id),
    );
    expect(Object.keys(found).filter((rule) => !KNOWN.includes(rule))).toEqual([]);
    expect(found["5.9"]).toEqual(["e2e-web"]);
  });

  it("warns of no image that a deploy puts on the host, those included that nothing runs of, and does of one without user and probe", async () => {
    const recipes = [mysqlRecipe, nginxRecipe, nodeRecipe, redisRecipe].map(imageName);
    const ours = new Set([...recipes, ...(await shared.docker.containers(shared.stack)).map(({ Image }) => Image)]);
    expect(ours.size).toBeGreaterThan(recipes.length);
    expect(await benchImages(shared.docker, [...ours])).toEqual({});
    await buildProbeImages();
    expect(Object.keys(await benchImages(shared.docker, ["probe:1"]))).toEqual(Object.keys(imageWarnings));
  });

  it("warns by every rule of containers that are made to break them all", async () => {
    const modes = ["network", "pid", "ipc", "uts", "userns"].map((kind) => `--${kind}=host`);
    const mounts = ["/etc:/a", "/tmp:/b:rshared", "/var/run/docker.sock:/c"].flatMap((mount) => ["-v", mount]);
    const opened = ["--security-opt", "seccomp=unconfined", "--security-opt", "apparmor=unconfined", "--cap-add", "SYS_ADMIN"];
    const ids = [
      await container("create", [...modes, ...mounts, ...opened, "--user", "0", "--cgroup-parent", "/x", "--device", "/dev/zero"], []),
      await container("create", ["--privileged", "--restart", "on-failure:6", "-p", "80:80", "--no-healthcheck"], []),
      await container("run", ["--network", "none"], ["-c", "ln -s $(which node) /tmp/sshd; exec /tmp/sshd -e 'setInterval(() => 0, 9e3)'"]),
    ];
    expect(Object.keys(await bench(shared.docker, ids)).sort()).toEqual(Object.keys(warnings).sort());
  });
});

describe("tiers images", () => {
  const images = (verb: string): Promise<Outcome> =>
    shared.project.run("node", [join(REPOSITORY, "dist/cli/bin.js"), "images", verb, shared.stack]);

  it("verify that what runs is what was declared, and find a container that nobody declared", async () => {
    const { code, stdout } = await images("verify");
    const lines = stdout.trimEnd().split("\n");
    expect(code).toBe(0);
    expect(lines.length).toBeGreaterThan(running.length);
    expect(lines.filter((line) => !line.endsWith("  as declared"))).toEqual([]);
    const labels = Object.entries(running[0]?.Config.Labels ?? {}).filter(([name]) => name !== "docker-tiers.path");
    const labelled = labels.flatMap(([name, value]) => ["--label", `${name}=${value}`]);
    await container("create", ["--name", "e2e-stranger", "--network", "none", ...labelled], []);
    const found = await images("verify");
    expect(found).toMatchObject({ code: 1, stderr: expect.stringMatching(/^VERIFY: what runs must be what was declared/) as unknown });
    expect(found.stdout).toContain("e2e  e2e-stranger  must be declared, got a container that is not\n");
  });

  it("have a bill of materials by the official schema", async () => {
    const { code, stdout } = await images("sbom");
    expect(code).toBe(0);
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(stdout)).toBeNull();
    expect(stdout).toContain("pkg:deb/debian/nginx@");
  });
});

describe("every process of the default stack", () => {
  const statusOf = async (inside: Inside): Promise<string[][]> =>
    (await inside.processes()).map(({ Uid, CapPrm, CapEff, CapBnd, NoNewPrivs, Seccomp }) => [
      Uid.split(" ").includes("0") ? "root" : "plain",
      ...[CapPrm, CapEff, CapBnd].map((mask) => String(BigInt(`0x${mask}`))),
      `${NoNewPrivs}${Seccomp}`,
    ]);

  it("is no root, has no capability and never will, and is behind a seccomp filter, unlike those of an ordinary container", async () => {
    for (const each of running) {
      const status = await statusOf(Inside.of(shared.docker, each));
      expect(status.length).toBeGreaterThanOrEqual(2);
      expect(new Set(status.map((fields) => fields.join(" ")))).toEqual(new Set(["plain 0 0 0 12"]));
    }
    const ordinary = await container("run", ["--network", "none", "--user", "0:0"], ["-c", "sleep 600; exit"]);
    const [first = []] = await statusOf(Inside.of(shared.docker, { Id: ordinary }));
    expect(first).toEqual(["root", ...Array.from({ length: 3 }, () => expect.stringMatching(/^[1-9]/) as unknown), "02"]);
  });

  it("writes where something is mounted for it, and nowhere else", async () => {
    for (const each of running) {
      const { HostConfig, Mounts } = each;
      const declared = [...Mounts.filter(({ RW }) => RW).map(({ Destination }) => Destination), ...Object.keys(HostConfig.Tmpfs ?? {})];
      // In memory and bounded by the memory cap; every container of an engine has them.
      const places = [...declared, "/dev/shm", "/dev/mqueue"];
      const writable = await Inside.of(shared.docker, each).writable();
      expect(writable.filter((path) => !places.some((place) => path === place || path.startsWith(`${place}/`)))).toEqual([]);
      expect(writable).toEqual(expect.arrayContaining(declared));
    }
  });
});
