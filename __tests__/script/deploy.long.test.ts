import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { imageName } from "../../images/recipe";
import { mysqlRecipe } from "../../images/recipes/mysql";
import { nginxRecipe } from "../../images/recipes/nginx";
import { nodeRecipe } from "../../images/recipes/node";
import { redisRecipe } from "../../images/recipes/redis";
import { Docker } from "../e2e/docker";
import { PrivateEngine } from "../e2e/private-engine";
import { REPOSITORY } from "../e2e/project";
import { allowedGapMs, observe, type Observed } from "./output-gaps";

/** An engine and a clone of its own: a running dev is never touched. */
const engine = new PrivateEngine();
const clone = mkdtempSync(join(tmpdir(), "docker-tiers-deploy-"));

beforeAll(async () => {
  const copy = `git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$1"
    cp -r --parents dist temp/build "$1"; ln -s "$PWD/node_modules" "$1/node_modules"`;
  execFileSync("sh", ["-euc", copy, "copy", clone], { cwd: REPOSITORY });
  await engine.start();
  await engine.load(new Docker(), [mysqlRecipe, nginxRecipe, nodeRecipe, redisRecipe].map(imageName));
});
afterAll(async () => {
  await engine.docker.purge("dev");
  await engine.remove();
  rmSync(clone, { recursive: true, force: true });
});

const deploy = (): Promise<Observed> => {
  const { PATH, HOME } = process.env;
  return observe("script/deploy", ["dev"], { cwd: clone, env: { PATH, HOME, DEV_HOST: engine.host } });
};

describe("script/deploy on a prepared machine", () => {
  it("shows something at least every 2 seconds, and the URL at the end", async () => {
    const observed = await deploy();
    expect(observed).toMatchObject({ code: 0 });
    expect(observed.output).toMatch(/\ndev is up after [\d.]+ s: http:\/\/127\.0\.0\.1:8080\/\n$/);
    expect(observed.longestGapMs).toBeLessThan(allowedGapMs(observed));
    expect(await engine.docker.containers("dev", "dev-guestbook-")).toHaveLength(2);
  });

  it("does so as well where nothing is to be done", async () => {
    const observed = await deploy();
    expect(observed).toMatchObject({ code: 0 });
    expect(observed.longestGapMs).toBeLessThan(allowedGapMs(observed));
  });

  it("would be seen when it was silent", async () => {
    const observed = await observe("bash", ["-c", "echo begin; sleep 6; echo end"]);
    expect(observed).toMatchObject({ code: 0, output: "begin\nend\n" });
    expect(observed.longestGapMs).toBeGreaterThan(allowedGapMs(observed));
  });
});
