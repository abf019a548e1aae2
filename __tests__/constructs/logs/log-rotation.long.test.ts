import type { TerraformStack } from "cdktf";
import { ContainerImage, Health, LogRotation, Service, Storage } from "../../../constructs";
import { withDeclared } from "../../provider/declared";
import { until } from "../../provider/until";

jest.setTimeout(180_000);

const STACK = "runtime2-rotation";
/** Four files of 1.5 MiB, each once the one before has been rotated; what is no log grows as it likes. */
const WRITE = `head -c 3000000 /dev/zero > /log/rows.db
for n in 1 2 3 4; do
  { echo first $n; yes line | head -c 1500000; } >> /log/shop.log
  until [ ! -s /log/shop.log ]; do sleep 0.2; done
done
echo last >> /log/shop.log; exec sleep 600`;

function declare(stack: TerraformStack): void {
  const image = ContainerImage.fromRegistry("probe:1");
  const health = Health.command(["true"], { intervalSeconds: 1 });
  const shop = new Service(stack, "Shop", { image, memoryMiB: 32, health, entrypoint: ["sh", "-c", WRITE] });
  const storage = Storage.volume();
  new LogRotation(stack, "Logs", { of: shop, storage, target: "/log", image, maxSizeMiB: 1, maxFiles: 3, intervalSeconds: 1 });
}

describe("files that a service appends to", () => {
  it("are copied and emptied when they have grown, the newest first, as many as are kept; others are left alone", async () => {
    await withDeclared(STACK, declare, async ({ docker, project }) => {
      const { Id } = await docker.container(STACK, "shop");
      const sh = (line: string): Promise<string> => docker.run(["exec", Id, "sh", "-c", line]);
      await until("the last line", 90, async () => ((await sh("cat /log/shop.log")) === "last" ? true : undefined));
      expect(await sh("cd /log && ls && head -qn 1 shop.log.1 shop.log.2 && stat -c '%s %u' rows.db")).toBe(
        ["rows.db", "shop.log", "shop.log.1", "shop.log.2", "first 4", "first 3", "3000000 1000"].join("\n"),
      );
      expect((await project.check()).output).toContain("No changes.");
    });
  });
});
