import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Spec, Validation } from "@cyclonedx/cyclonedx-library";

import type { ImagesPorts } from "../../cli/commands/images";
import { printSbom } from "../../cli/commands/images-sbom";
import { imageName, recipeHash } from "../../images/recipe";
import { nginxRecipe } from "../../images/recipes/nginx";
import { redisRecipe } from "../../images/recipes/redis";

let synthesised: string;

beforeEach(() => {
  synthesised = mkdtempSync(join(tmpdir(), "docker-tiers-sbom-"));
  const directory = join(synthesised, "stacks/dev");
  mkdirSync(join(directory, "images"), { recursive: true });
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ provider: { docker: [{ host: "unix:///var/run/docker.sock" }] } }));
  for (const recipe of [nginxRecipe, redisRecipe]) writeFileSync(join(directory, `images/${recipe.name}.json`), JSON.stringify(recipe));
});
afterEach(() => {
  rmSync(synthesised, { recursive: true });
});

const hash = (digit: string): string => digit.repeat(64);
const LABELS = {
  "docker-tiers.rootfs": `sha256:${hash("a")}`,
  "docker-tiers.package.libc6": "2.41-12+deb13u5",
  "docker-tiers.package.busybox": "1:1.37.0-6+b9",
  "docker-tiers.deb.busybox": hash("b"),
  "docker-tiers.deb.libc6": hash("c"),
};

/** What is printed where the host has both images, but for those left out. */
async function printed(missing = "none"): Promise<string> {
  const lines: string[] = [];
  const find = (path: string): Promise<unknown> => {
    const recipe = path.includes("/nginx:") ? nginxRecipe : redisRecipe;
    const Labels = { ...LABELS, "docker-tiers.recipe": recipeHash(recipe) };
    return Promise.resolve(recipe.name === missing ? undefined : { Id: "sha256:1", Size: 1, Config: { Labels } });
  };
  const ports = {
    output: { line: (text: string) => void lines.push(text) },
    synthesised,
    openEngine: () => ({ find, close: () => Promise.resolve() }),
  } as unknown as ImagesPorts;
  await printSbom(ports, undefined);
  return lines.join("\n");
}

/** The official schema's opinion; null is none. */
const faultsOf = (text: string): Promise<unknown> => new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);

describe("tiers images sbom", () => {
  it("is CycloneDX 1.6 by the official schema, which refuses one with a wrong hash", async () => {
    const text = await printed();
    expect(await faultsOf(text)).toBeNull();
    expect(await faultsOf(text.replace(hash("b"), "no hash"))).not.toBeNull();
  });

  it("names every package of every image with version, address and the hash of its file", async () => {
    const { components, dependencies, metadata } = JSON.parse(await printed()) as {
      components: { name: string; version: string; hashes: unknown; components: unknown[] }[];
      dependencies: { ref: string; dependsOn: string[] }[];
      metadata: { component: { name: string } };
    };
    expect(metadata.component.name).toBe("dev");
    expect(components.map(({ name, version }) => `${name}:${version}`)).toEqual([imageName(nginxRecipe), imageName(redisRecipe)]);
    expect(components[1]?.hashes).toEqual([{ alg: "SHA-256", content: hash("a") }]);
    expect(components[1]?.components).toEqual([
      {
        type: "library",
        "bom-ref": `${imageName(redisRecipe)}#busybox`,
        name: "busybox",
        version: "1:1.37.0-6+b9",
        purl: "pkg:deb/debian/busybox@1%3A1.37.0-6%2Bb9?distro=trixie",
        hashes: [{ alg: "SHA-256", content: hash("b") }],
      },
      expect.objectContaining({ name: "libc6", version: "2.41-12+deb13u5", hashes: [{ alg: "SHA-256", content: hash("c") }] }),
    ]);
    expect(dependencies[0]).toEqual({ ref: "dev", dependsOn: [imageName(nginxRecipe), imageName(redisRecipe)] });
  });

  it("is the same text for the same images", async () => {
    expect(await printed()).toBe(await printed());
  });

  it("fails for an image that the host lacks, with the command that builds it", async () => {
    await expect(printed("redis")).rejects.toThrow(
      new Error(`IMAGE_MISSING: ${imageName(redisRecipe)} must be on the host, got no such image; run: npx tiers images build dev`),
    );
  });
});
