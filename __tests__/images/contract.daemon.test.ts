import { BUSYBOX_COMMANDS } from "../../images/busybox";
import { mysqlRecipe } from "../../images/recipes/mysql";
import { nginxRecipe } from "../../images/recipes/nginx";
import { nodeRecipe } from "../../images/recipes/node";
import { redisRecipe } from "../../images/recipes/redis";
import { Bench } from "./hardened-container";

const bench = new Bench();
afterAll(() => bench.close(), 60_000);

const recipes = [mysqlRecipe, nginxRecipe, nodeRecipe, redisRecipe].map((recipe) => [recipe.name, recipe] as const);

async function outputOf(recipe: (typeof recipes)[number][1], script: string): Promise<string> {
  const container = await bench.run(await bench.image(recipe), { cmd: ["sh", "-c", script] });
  await container.wait();
  return (await container.logs()).trim();
}

describe.each(recipes)("the %s image", (_name, recipe) => {
  it("has every command of busybox that it promises", async () => {
    const linked = BUSYBOX_COMMANDS.map((command) => `"${command}"`).join(" ");
    const script = `busybox --list >/dev/stderr; for name in ${linked}; do command -v "$name" >/dev/null || echo "no $name"; done`;
    const lines = (await outputOf(recipe, script)).split("\n");
    expect(lines.filter((line) => line.startsWith("no "))).toEqual([]);
    expect(BUSYBOX_COMMANDS.filter((command) => !lines.includes(command))).toEqual([]);
  }, 180_000);

  it("runs as its own user, has /tmp for everyone, and /var/run as another name of /run", async () => {
    const [user] = recipe.users;
    const script = "id -un; stat -c %a /tmp; readlink /var/run; stat -c %U /etc/passwd";
    expect(await outputOf(recipe, script)).toBe(`${user?.name ?? ""}\n1777\n../run\nroot`);
  }, 30_000);
});
