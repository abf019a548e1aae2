import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ContainerImage, Health, HostLayout, MySql, Service } from "../../../constructs";
import { imageName } from "../../../images/recipe";
import { mysqlRecipe } from "../../../images/recipes/mysql";
import { redisRecipe } from "../../../images/recipes/redis";
import { DeclaredProject } from "../../provider/declared-project";
import { SwarmNode } from "../../provider/swarm-node";
import { until } from "../../provider/until";
import { words } from "../../provider/swarm-project";

jest.setTimeout(300_000);

const run = (command: string, ...args: string[]): string => execFileSync(command, args, { encoding: "utf8" });

/** A disk of 1 GiB, of which the host keeps what is used: a file behind a loop device. */
class Disk {
  private readonly file: string;

  constructor(readonly place: string) {
    this.file = `${place}.ext4`;
    run("truncate", "-s", "1G", this.file);
    run("mkfs.ext4", "-q", this.file);
    mkdirSync(place);
  }

  plugIn(options: string): void {
    run("mount", "-o", `loop,${options}`, this.file, this.place);
  }

  /** It may be in use no longer, or not be there. */
  pullOut(): void {
    try {
      run("umount", this.place);
    } catch (error) {
      if (!/not mounted/.test(String(error))) throw error;
    }
  }
}

/** A stand-in for a server: it starts where its data lies and writes there. */
function server(stack: TerraformStack, layout: HostLayout, level = "info"): void {
  const image = ContainerImage.fromPackages(redisRecipe);
  const health = Health.command(["test", "-e", "/data/row"], { intervalSeconds: 1 });
  const command = ["-c", "echo row >> /data/row; exec sleep 600"];
  const { workload } = new Service(stack, "Server", {
    image,
    memoryMiB: 16,
    entrypoint: ["sh"],
    command,
    environment: { LEVEL: level },
    health,
  });
  layout.data("server").mountInto(stack, workload, { id: "Data", target: "/data", image });
}

/** Looks for itself whether programs run in each of the three. */
function reader(stack: TerraformStack, layout: HostLayout): void {
  const image = ContainerImage.fromPackages(redisRecipe);
  const script = "cp /svc/true /logs/true; cp /svc/true /data/true; exec sleep 600";
  const checks = "/svc/true && test -x /logs/true && ! /logs/true && test -x /data/true && ! /data/true && ! touch /svc/new";
  const health = Health.command(["sh", "-c", checks], { intervalSeconds: 1 });
  const { workload } = new Service(stack, "Reader", { image, memoryMiB: 16, entrypoint: ["sh"], command: ["-c", script], health });
  for (const part of ["svc", "logs", "data"] as const)
    layout[part]("reader").mountInto(stack, workload, { id: part, target: `/${part}`, image });
}

describe("a host's file systems", () => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "docker-tiers-layout-")));
  const [disk, svc, logs] = ["data", "svc", "logs"].map((name) => new Disk(join(directory, name))) as [Disk, Disk, Disk];
  const layout = new HostLayout({ data: disk.place, svc: svc.place, logs: logs.place });
  const node = new SwarmNode();
  let declared: DeclaredProject;

  beforeAll(async () => {
    await node.start();
    const images = [redisRecipe, mysqlRecipe].map((recipe) => imageName(recipe)).join(" ");
    run("sh", "-c", `docker save ${images} | docker -H ${node.host} load`);
    declared = await DeclaredProject.on(node.host);
  });

  afterAll(async () => {
    await declared.close();
    await node.remove();
    for (const each of [disk, svc, logs]) each.pullOut();
    rmSync(directory, { recursive: true, force: true });
  });

  const refusal = (level?: string): Promise<string> => refusalOf((stack) => server(stack, layout, level));

  const refusalOf = async (build: (stack: TerraformStack) => void): Promise<string> => {
    declared.declare(build);
    const { exitCode, output } = await declared.project.apply();
    expect(exitCode).toBe(1);
    return words(output);
  };

  /** Why the engine did not start the server by itself. */
  const refusalOfEngine = async (): Promise<string | undefined> => {
    const query = { all: true, filters: { label: ["docker-tiers.path=dev/Server/Replica1"] } };
    const [found] = await node.engine.get<{ Id: string }[]>("/containers/json", { query }).catch(() => []);
    if (found === undefined) return undefined;
    const { State } = await node.engine.get<{ State: { Error: string } }>(`/containers/${found.Id}/json`);
    return State.Error === "" ? undefined : State.Error;
  };

  it("stop a deploy while the disk is not there, and while it lets programs run; then have a directory of the server's user", async () => {
    expect(await refusal()).toContain(`HOST_LAYOUT: ${disk.place} must be a file system of its own, got a directory of another`);
    expect(existsSync(join(disk.place, "server"))).toBe(false);
    disk.plugIn("nodev,nosuid");
    expect(await refusal()).toMatch(new RegExp(`${disk.place} must be mounted with nodev nosuid noexec, got \\S*nosuid,nodev`));
    run("mount", "-o", "remount,nodev,nosuid,noexec", disk.place);
    await declared.deploy((stack) => server(stack, layout));
    const { uid, gid, mode } = statSync(join(disk.place, "server"));
    expect([uid, gid, mode & 0o7777]).toEqual([1000, 1000, 0o750]);
    expect((await declared.project.check()).output).toContain("No changes.");
  });

  it("start nothing on the empty directory below a disk that is gone: not in a deploy, not with the engine, and go on when it is back", async () => {
    await node.stop();
    disk.pullOut();
    await node.start();
    const started = await until("the engine has tried to start the server again", 60, refusalOfEngine);
    expect(started).toContain(`stat ${disk.place}/server: no such file or directory`);
    expect(await refusal("debug")).toContain(`bind source path does not exist: ${disk.place}/server`);
    expect(existsSync(join(disk.place, "server"))).toBe(false);
    disk.plugIn("nodev,nosuid,noexec");
    await declared.deploy((stack) => server(stack, layout, "debug"));
    expect(run("wc", "-l", join(disk.place, "server", "row"))).toMatch(/^[23] /);
  });

  it("let programs run in svc, which is read-only, and not in logs and data; a workload has all three once each is mounted so", async () => {
    const build = (stack: TerraformStack): void => reader(stack, layout);
    svc.plugIn("nodev,nosuid");
    expect(await refusalOf(build)).toContain(`HOST_LAYOUT: ${logs.place} must be a file system of its own`);
    logs.plugIn("nodev,nosuid,noexec");
    // Its job has made the directory by now.
    writeFileSync(join(svc.place, "reader", "true"), "#!/bin/sh\n", { mode: 0o755 });
    await declared.deploy(build);
    expect((await declared.project.check()).output).toContain("No changes.");
  });

  it("keep MySQL from an empty directory: it initialises its data on the disk, and not below it", async () => {
    const build = (stack: TerraformStack): void => {
      new MySql(stack, "Database", { memoryMiB: 512, storage: layout.data("mysql") });
    };
    await declared.deploy(() => undefined);
    disk.pullOut();
    expect(await refusalOf(build)).toContain(`HOST_LAYOUT: ${disk.place} must be a file system of its own`);
    expect(readdirSync(disk.place)).toEqual([]);
    disk.plugIn("nodev,nosuid,noexec");
    await declared.deploy(build);
    expect(readdirSync(join(disk.place, "mysql", "data"))).toContain("auto.cnf");
  });
});
