import { execFileSync } from "node:child_process";

import { Engine } from "../../engine";
import { imageFault, type InspectedImage } from "../../images/image-fault";
import { imageName, type PackageRecipe } from "../../images/recipe";
import { redisRecipe } from "../../images/recipes/redis";
import { Bench } from "./hardened-container";

const bench = new Bench();
const engine = new Engine();
const forged = `localhost/docker-tiers-test/forged:${process.pid}`;
const docker = (...args: readonly string[]): string => execFileSync("docker", args, { encoding: "utf8" }).trim();
const inspect = (name: string): Promise<InspectedImage | undefined> => engine.find<InspectedImage>(`/images/${name}/json`);

afterAll(async () => {
  await engine.delete(`/images/${forged}`).catch(() => undefined);
  await bench.close();
  await engine.close();
}, 30_000);

describe("an image from packages", () => {
  it("is what its recipe and its labels say, and one that somebody built upon it is not, though it keeps all labels", async () => {
    const name = await bench.image(redisRecipe);
    expect(imageFault(name, await inspect(name), redisRecipe)).toBeUndefined();
    const container = docker("create", "--network", "none", name);
    execFileSync("docker", ["cp", __filename, `${container}:/usr/bin/added`]);
    docker("commit", container, forged);
    docker("rm", container);
    const [honest, other] = [await inspect(name), await inspect(forged)];
    expect(other?.Config?.Labels).toEqual(honest?.Config?.Labels);
    const [layer = ""] = honest?.RootFS?.Layers ?? [];
    expect(imageFault(forged, other, redisRecipe)).toMatch(`${forged} must hold the one layer ${layer}, as it says, got ${layer}, sha256:`);
  }, 120_000);

  it("is not that of a recipe that differs in one word", async () => {
    const changed: PackageRecipe = { ...redisRecipe, config: { ...redisRecipe.config, user: "0:0" } };
    const name = await bench.image(redisRecipe);
    expect(imageFault(name, await inspect(name), changed)).toMatch(`${imageName(redisRecipe)} must be made from recipe `);
  }, 120_000);
});
