import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ContainerImage, Health, HostLayout, Service, Storage } from "../../../constructs";
import { imageName } from "../../../images/recipe";
import { redisRecipe } from "../../../images/recipes/redis";
import { Docker } from "../../e2e/docker";
import { PrivateEngine } from "../../e2e/private-engine";
import { DeclaredProject } from "../../provider/declared-project";
import { words } from "../../provider/swarm-project";
import { HOST } from "../../provider/test-engine";

jest.setTimeout(600_000);

const run = (command: string, ...args: string[]): string => execFileSync(command, args, { encoding: "utf8", stdio: "pipe" });

/** It is healthy once it has written 10 MiB, and has not been able to write 40. */
function writer(storage: Storage): (stack: TerraformStack) => void {
  return (stack) => {
    const image = ContainerImage.fromPackages(redisRecipe);
    const health = Health.command(["test", "-e", "/tmp/capped"], { intervalSeconds: 1 });
    const script =
      "head -c 10485760 /dev/zero > /data/some && { head -c 41943040 /dev/zero > /data/more || touch /tmp/capped; }; rm -f /data/more; exec sleep 600";
    const { workload } = new Service(stack, "Writer", { image, memoryMiB: 128, health, entrypoint: ["sh"], command: ["-c", script] });
    storage.mountInto(stack, workload, { id: "Data", target: "/data", image });
  };
}

describe("a quota", () => {
  const directory = mkdtempSync("/var/tmp/docker-tiers-quotas-");

  /** A disk of 1 GiB: a file behind a loop device. */
  function mounted(name: string, options: string, ...make: string[]): string {
    const [command = "", ...args] = make;
    const place = join(directory, name);
    run("truncate", "-s", "1G", `${place}.disk`);
    run(command, ...args, `${place}.disk`);
    mkdirSync(place);
    run("mount", "-o", `loop,${options}`, `${place}.disk`, place);
    return place;
  }

  async function withProject(host: string, use: (declared: DeclaredProject) => Promise<void>): Promise<void> {
    const declared = await DeclaredProject.on(host);
    try {
      await use(declared);
    } finally {
      await declared.close();
    }
  }

  async function refusal(declared: DeclaredProject, storage: Storage): Promise<string> {
    declared.declare(writer(storage));
    const { exitCode, output } = await declared.project.apply();
    expect(exitCode).toBe(1);
    return words(output);
  }

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each([
    { type: "xfs", make: ["mkfs.xfs", "-q"] },
    { type: "ext4", make: ["mkfs.ext4", "-q", "-O", "project,quota"] },
  ])(
    "of a directory on $type stops a deploy until the command that the deploy names has been run, and then holds",
    async ({ type, make }) => {
      const data = mounted(type, "prjquota,nodev,nosuid,noexec", ...make);
      try {
        const storage = new HostLayout({ data }).data("writer", { quotaMiB: 32 });
        await withProject(HOST, async (declared) => {
          const told = await refusal(declared, storage);
          expect(told).toMatch(
            new RegExp(`HOST_LAYOUT: ${data}/writer must have a quota of 32 MiB, got room for \\d{3,4} MiB; mount ${data} with prjquota`),
          );
          const [, command = ""] = new RegExp(`HOST_LAYOUT: ${data}/writer must .*? and run: (.*? ${data})(?: |$)`).exec(told) ?? [];
          run("sh", "-c", command);
          await declared.deploy(writer(storage));
          expect((await declared.project.check()).output).toContain("No changes.");
          await declared.deploy(() => undefined);
        });
      } finally {
        run("umount", data);
      }
    },
  );

  it("of a volume is kept by an engine whose directory lies on XFS with project quotas, and refused by one elsewhere", async () => {
    const storage = Storage.volume({ quotaMiB: 32 });
    await withProject(HOST, async (declared) =>
      expect(await refusal(declared, storage)).toMatch(/quota size requested but no quota support/),
    );
    const root = mounted("engine", "pquota", "mkfs.xfs", "-q", "-n", "ftype=1");
    const engine = new PrivateEngine(["--data-root", join(root, "docker")]);
    try {
      await engine.start();
      await engine.load(new Docker(HOST), [imageName(redisRecipe)]);
      await withProject(engine.host, async (declared) => {
        await declared.deploy(writer(storage));
        expect((await declared.project.check()).output).toContain("No changes.");
        await declared.deploy(() => undefined);
      });
    } finally {
      await engine.remove();
      run("umount", "--lazy", root);
    }
  });
});
