import { mkdtempSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ContainerImage, Health, HostLayout, Service } from "../../constructs";
import { imageName } from "../../images/recipe";
import { redisRecipe } from "../../images/recipes/redis";
import { Docker } from "../e2e/docker";
import { PrivateEngine } from "../e2e/private-engine";
import { DeclaredProject } from "../provider/declared-project";
import { SshServer } from "./ssh-server";

const engine = new PrivateEngine();
const server = new SshServer();
const place = realpathSync(mkdtempSync(join(tmpdir(), "dt-hosts-layout-")));
let declared: DeclaredProject | undefined;

beforeAll(async () => {
  await Promise.all([engine.start(), server.start()]);
  await engine.load(new Docker(), [imageName(redisRecipe)]);
  const sshOptions = [...server.options, "-o", `IdentityAgent=${server.agent}`];
  declared = await DeclaredProject.on(server.address(engine.host.replace("unix://", "")), { sshOptions });
});

afterAll(async () => {
  await declared?.close();
  await server.stop();
  await engine.remove();
  rmSync(place, { recursive: true, force: true });
});

function declare(stack: TerraformStack): void {
  const image = ContainerImage.fromPackages(redisRecipe);
  const health = Health.command(["sh", "-c", "test -w /logs && ! test -w /svc"], { intervalSeconds: 1 });
  const layout = new HostLayout({ svc: join(place, "svc"), logs: join(place, "logs"), mounted: false });
  const { workload } = new Service(stack, "Shop", { image, memoryMiB: 16, entrypoint: ["sleep"], command: ["600"], health });
  layout.svc("shop").mountInto(stack, workload, { id: "Code", target: "/svc", image });
  layout.logs("shop").mountInto(stack, workload, { id: "Logs", target: "/logs", image });
}

describe("a host's layout, by ssh", () => {
  it("is made by jobs over there, with what is above it: a directory that is read, and one of the service's user", async () => {
    await declared?.deploy(declare);
    const owners = ["svc", "logs"].map((name) => statSync(join(place, name, "shop"))).map(({ uid, mode }) => [uid, mode & 0o777]);
    expect(owners).toEqual([
      [0, 0o755],
      [1000, 0o750],
    ]);
    expect((await declared?.project.check())?.output).toContain("No changes.");
  });
});
