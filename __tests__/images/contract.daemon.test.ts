import { BUSYBOX_COMMANDS } from "../../images/busybox";
import type { PackageRecipe } from "../../images/recipe";
import { mysqlRecipe } from "../../images/recipes/mysql";
import { nginxRecipe } from "../../images/recipes/nginx";
import { nodeRecipe } from "../../images/recipes/node";
import { redisRecipe } from "../../images/recipes/redis";
import { Bench, type ExecResult, type HardenedContainer } from "./hardened-container";

const bench = new Bench();
afterAll(() => bench.close(), 60_000);

const images: [string, PackageRecipe, number][] = [
  ["mysql", mysqlRecipe, 999],
  ["nginx", nginxRecipe, 101],
  ["node", nodeRecipe, 1000],
  ["redis", redisRecipe, 999],
];

describe.each(images)("the %s image", (_name, recipe, uid) => {
  let idle: HardenedContainer;
  beforeAll(async () => {
    idle = await bench.run(await bench.image(recipe), { cmd: ["sleep", "600"] });
  }, 180_000);

  /** What the image's own health check says, run as Docker runs it. */
  function probe(): Promise<ExecResult> {
    const [kind, ...words] = recipe.config.healthcheck?.test ?? ["CMD", "true"];
    return kind === "CMD-SHELL" ? idle.sh(words.join(" ")) : idle.exec(...words);
  }

  it("has every command of busybox that it promises", async () => {
    const linked = BUSYBOX_COMMANDS.map((command) => `"${command}"`).join(" ");
    const script = `busybox --list; for name in ${linked}; do command -v "$name" >/dev/null || echo "no $name"; done`;
    const lines = (await idle.sh(script)).output.split("\n");
    expect(lines.filter((line) => line.startsWith("no "))).toEqual([]);
    expect(BUSYBOX_COMMANDS.filter((command) => !lines.includes(command))).toEqual([]);
  }, 60_000);

  it("runs as its own user, has /tmp for everyone, and /var/run as another name of /run", async () => {
    const [user] = recipe.users;
    const script = "id -un; echo $(id -u):$(id -g); stat -c %a /tmp; readlink /var/run; stat -c %U /etc/passwd";
    expect((await idle.sh(script)).output).toBe(`${user?.name ?? ""}\n${uid}:${uid}\n1777\n../run\nroot`);
  }, 30_000);

  it("fails its health check where its server does not run, if it has one", async () => {
    const isServer = recipe.config.exposedPorts !== undefined;
    expect((await probe()).exitCode === 0).toBe(!isServer);
  }, 30_000);

  it("is not changed by a running container, where a mount that it has no place for would be seen", async () => {
    expect(await idle.changes()).toEqual([]);
    const other = await bench.run(await bench.image(recipe), { cmd: ["true"], tmpfs: { "/elsewhere": "" } });
    await other.wait();
    expect(await other.changes()).toEqual(["/elsewhere"]);
  }, 30_000);
});
