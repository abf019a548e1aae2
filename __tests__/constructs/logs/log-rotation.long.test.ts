import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ContainerImage, Health, HostLayout, LogRotation, Service } from "../../../constructs";
import { withDeclared } from "../../provider/declared";
import { until } from "../../provider/until";

jest.setTimeout(180_000);

const STACK = "runtime2-rotation";
/** Four files of 1.5 MiB, each once the one before has been rotated; what is no log grows as it likes. Then it waits for its next round. */
const WRITE = `head -c 1000000 /dev/zero > /log/rows.db
for n in 1 2 3 4; do
  { echo first $n; yes line | head -c 1500000; } >> /log/shop.log
  until [ ! -s /log/shop.log ]; do sleep 0.2; done
done
echo last >> /log/shop.log; exec sleep 600`;

/** The logs of a host: a file system of 8 MiB. */
const place = realpathSync(mkdtempSync(join(tmpdir(), "docker-tiers-logs-")));
const layout = new HostLayout({ logs: place });

const run = (command: string, ...args: string[]): string => execFileSync(command, args, { encoding: "utf8" });

beforeAll(() => run("mount", "-t", "tmpfs", "-o", "size=8m,nodev,nosuid,noexec", "logs", place));

afterAll(() => {
  run("umount", place);
  rmSync(place, { recursive: true });
});

function declare(stack: TerraformStack): void {
  const image = ContainerImage.fromRegistry("probe:1");
  const health = Health.command(["true"], { intervalSeconds: 1 });
  const shop = new Service(stack, "Shop", { image, memoryMiB: 32, health, entrypoint: ["sh", "-c", WRITE] });
  const storage = layout.logs("shop");
  new LogRotation(stack, "Logs", { of: shop, storage, target: "/log", image, maxSizeMiB: 1, maxFiles: 3, intervalSeconds: 1 });
}

describe("files that a service appends to, in the logs of a host", () => {
  it("are copied and emptied when they have grown, the newest first, as many as are kept; none is emptied while the disk is full", async () => {
    await withDeclared(STACK, declare, async ({ docker, project }) => {
      const { Id } = await docker.container(STACK, "shop");
      const sh = (line: string): Promise<string> => docker.run(["exec", Id, "sh", "-c", line]);
      await until("the last line", 90, async () => ((await sh("cat /log/shop.log")) === "last" ? true : undefined));
      expect(await sh("cd /log && ls && head -qn 1 shop.log.1 shop.log.2 && stat -c '%s %u' rows.db")).toBe(
        ["rows.db", "shop.log", "shop.log.1", "shop.log.2", "first 4", "first 3", "1000000 1000"].join("\n"),
      );
      expect((await project.check()).output).toContain("No changes.");

      const rotates = async (status: string): Promise<true | undefined> =>
        (await docker.container(STACK, "logs-rotate")).State.Health?.Status === status ? true : undefined;
      // 4.4 MB are free: room for what has grown, not for its copy. It grows at once: a copy of a part would take its room.
      await sh(
        "{ echo first 5; yes line | head -c 2000000; } > /log/next; head -c 1900000 /dev/zero > /log/more.db; mv /log/next /log/shop.log",
      );
      await until("the container that rotates is unhealthy", 60, () => rotates("unhealthy"));
      expect(Number(await sh("stat -c %s /log/shop.log"))).toBeGreaterThan(1_900_000);
      await sh("rm /log/more.db");
      await until("it can copy again", 60, () => rotates("healthy"));
      expect(await sh("stat -c %s /log/shop.log; head -n 1 /log/shop.log.1")).toBe("0\nfirst 5");
    });
  });
});
