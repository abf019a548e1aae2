import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ImagesPorts } from "../../cli/commands/images";
import { verifyImages } from "../../cli/commands/images-verify";
import type { InspectedImage } from "../../images/image-fault";
import { imageName, recipeHash } from "../../images/recipe";
import { redisRecipe } from "../../images/recipes/redis";

const CACHE = imageName(redisRecipe);
const DIGEST = `sha256:${"d".repeat(64)}`;
const SHOP = `registry.example/shop:1.4.2@${DIGEST}`;

const OURS = { "docker-tiers.project": "shop", "docker-tiers.stack": "dev" };

let synthesised: string;

beforeEach(() => {
  synthesised = mkdtempSync(join(tmpdir(), "docker-tiers-verify-"));
  const directory = join(synthesised, "stacks/dev");
  mkdirSync(join(directory, "images"), { recursive: true });
  writeFileSync(join(directory, "images/redis.json"), JSON.stringify(redisRecipe));
  const declared = (path: string, image: string, more: object = {}): object => ({
    "//": { metadata: { path } },
    image,
    labels: [
      { label: "docker-tiers.config", value: `hash of ${path}` },
      { label: "docker-tiers.project", value: "shop" },
    ],
    ...more,
  });
  const containers = {
    cache: declared("dev/Cache/Resource", "${data.docker_image.redis.id}"),
    shop: declared("dev/Shop/Replica1", "${docker_image.shop.image_id}"),
    job: declared("dev/Job/Resource", "${docker_image.shop.image_id}", { must_run: false }),
  };
  const stack = {
    provider: { docker: [{ host: "unix:///var/run/docker.sock" }] },
    data: { docker_image: { redis: { name: CACHE } } },
    resource: { docker_image: { shop: { name: SHOP } }, docker_container: containers },
  };
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify(stack));
});
afterEach(() => {
  rmSync(synthesised, { recursive: true });
});

interface Host {
  readonly images: Record<string, InspectedImage | undefined>;
  readonly containers: Record<string, unknown>[];
}

const container = (name: string, path: string, ImageID: string, more: object = {}): Record<string, unknown> => ({
  Names: [`/${name}`],
  ImageID,
  State: "running",
  Labels: { ...OURS, "docker-tiers.path": path, "docker-tiers.config": `hash of ${path}` },
  ...more,
});

/** A host on which everything is as declared. */
function host(): Host {
  const labels = { "docker-tiers.recipe": recipeHash(redisRecipe), "docker-tiers.rootfs": "sha256:root" };
  return {
    images: {
      [CACHE]: { Id: "sha256:cache", RootFS: { Layers: ["sha256:root"] }, Config: { Labels: labels } },
      [SHOP]: { Id: "sha256:shop", RepoDigests: [`registry.example/shop@${DIGEST}`] },
    },
    containers: [
      container("dev-cache", "dev/Cache/Resource", "sha256:cache"),
      container("dev-shop-1", "dev/Shop/Replica1", "sha256:shop"),
      container("dev-job", "dev/Job/Resource", "sha256:shop", { State: "exited" }),
    ],
  };
}

async function verify({ images, containers }: Host): Promise<{ lines: string[]; failure: unknown }> {
  const lines: string[] = [];
  const ports = {
    output: { line: (text: string) => void lines.push(text) },
    synthesised,
    openEngine: () => ({
      find: (path: string) => Promise.resolve(images[path.replace(/^\/images\/(.*)\/json$/, "$1")]),
      get: (_path: string, { query }: { query: { filters: unknown } }) => {
        expect(query.filters).toEqual({ label: ["docker-tiers.stack=dev"] });
        return Promise.resolve(containers);
      },
      close: () => Promise.resolve(),
    }),
  } as unknown as ImagesPorts;
  try {
    await verifyImages(ports, ["dev"]);
    return { lines, failure: undefined };
  } catch (failure) {
    return { lines, failure };
  }
}

const DIFFERENT = new Error("VERIFY: what runs must be what was declared, got differences in dev; look at: npx cdktf diff dev");

/** The only line that is not as declared, of a verify that has to fail. */
async function difference(changed: Partial<Host>): Promise<string> {
  const { lines, failure } = await verify({ ...host(), ...changed });
  expect(failure).toEqual(DIFFERENT);
  const [line = "", ...others] = lines.filter((each) => !each.endsWith("as declared"));
  expect(others).toEqual([]);
  return line;
}

const withContainer = (name: string, change: object): Pick<Host, "containers"> => ({
  containers: host().containers.map((each) => ((each["Names"] as string[])[0] === `/${name}` ? { ...each, ...change } : each)),
});
const withImage = (name: string, change: Partial<InspectedImage> | undefined): Pick<Host, "images"> => {
  const [known = { Id: "" }] = [host().images[name]];
  return { images: { ...host().images, [name]: change === undefined ? undefined : { ...known, ...change } } };
};

describe("tiers images verify", () => {
  it("says of each container that it is as declared", async () => {
    expect(await verify(host())).toEqual({
      lines: ["dev-cache", "dev-job", "dev-shop-1"].map((name) => `dev  ${name}  as declared`),
      failure: undefined,
    });
  });

  it("fails for a container that runs another image than the one of its name", async () => {
    const line = await difference(withContainer("dev-cache", { ImageID: "sha256:other" }));
    expect(line).toBe(`dev  dev-cache  must run ${CACHE}, which is sha256:cache, got sha256:other`);
  });

  it("fails for an image that was made from another recipe, or from none", async () => {
    const labels = { "docker-tiers.recipe": "0123456789abcdef", "docker-tiers.rootfs": "sha256:root" };
    const wanted = recipeHash(redisRecipe).slice(0, 12);
    const other = await difference(withImage(CACHE, { Config: { Labels: labels } }));
    expect(other).toBe(`dev  dev-cache  ${CACHE} must be made from recipe ${wanted}, got 0123456789ab`);
    const none = await difference(withImage(CACHE, { Config: null }));
    expect(none).toBe(`dev  dev-cache  ${CACHE} must be made from recipe ${wanted}, got no recipe`);
  });

  it("fails for an image whose content is not what its label says", async () => {
    const line = await difference(withImage(CACHE, { RootFS: { Layers: ["sha256:root", "sha256:more"] } }));
    expect(line).toBe(`dev  dev-cache  ${CACHE} must hold the one layer sha256:root, as it says, got sha256:root, sha256:more`);
  });

  it("fails for an image of another digest, once for each container", async () => {
    const { lines, failure } = await verify({ ...host(), ...withImage(SHOP, { RepoDigests: ["registry.example/shop@sha256:e"] }) });
    expect(failure).toEqual(DIFFERENT);
    expect(lines).toEqual([
      "dev  dev-cache  as declared",
      ...["dev-job", "dev-shop-1"].map((name) => `dev  ${name}  ${SHOP} must have this digest, got sha256:shop, sha256:e`),
    ]);
  });

  it("fails for an image that is gone", async () => {
    expect(await difference(withImage(CACHE, undefined))).toBe(`dev  dev-cache  ${CACHE} must be on the host, got no such image`);
  });

  it("fails for a container that is missing, stopped, configured otherwise or declared by nobody", async () => {
    const [, ...others] = host().containers;
    expect(await difference({ containers: others })).toBe("dev  dev/Cache/Resource  must be on the host, got no container");
    expect(await difference(withContainer("dev-shop-1", { State: "exited" }))).toBe("dev  dev-shop-1  must run, got exited");
    const Labels = { ...OURS, "docker-tiers.path": "dev/Shop/Replica1", "docker-tiers.config": "older" };
    expect(await difference(withContainer("dev-shop-1", { Labels }))).toBe(
      "dev  dev-shop-1  must have the declared configuration, got another",
    );
    const stranger = container("dev-miner", "dev/Miner/Resource", "sha256:miner");
    expect(await difference({ containers: [...host().containers, stranger] })).toBe(
      "dev  dev-miner  must be declared, got a container that is not",
    );
  });

  it("passes over the containers of another project that has a stack of this name", async () => {
    const Labels = { ...OURS, "docker-tiers.project": "office", "docker-tiers.path": "dev/Other/Resource" };
    const containers = [...host().containers, container("office-dev-other", "dev/Other/Resource", "sha256:other", { Labels })];
    expect((await verify({ ...host(), containers })).failure).toBeUndefined();
  });

  it("passes over a job that somebody removed", async () => {
    const containers = host().containers.filter(({ State }) => State === "running");
    expect((await verify({ ...host(), containers })).failure).toBeUndefined();
  });
});
