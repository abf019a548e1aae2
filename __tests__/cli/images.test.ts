import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildImages, listImages, type ImagesPorts } from "../../cli/commands/images";
import type { EngineOptions } from "../../engine";
import { imageName, recipeHash, type PackageRecipe } from "../../images/recipe";
import { nginxRecipe } from "../../images/recipes/nginx";
import { redisRecipe } from "../../images/recipes/redis";

let synthesised: string;

beforeEach(() => {
  synthesised = mkdtempSync(join(tmpdir(), "docker-tiers-cli-"));
});
afterEach(() => {
  rmSync(synthesised, { recursive: true });
});

function writeStack(name: string, provider: object, recipes: readonly PackageRecipe[]): void {
  const directory = join(synthesised, "stacks", name);
  mkdirSync(join(directory, "images"), { recursive: true });
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ provider: { docker: [provider] } }));
  for (const recipe of recipes) writeFileSync(join(directory, "images", `${recipe.name}.json`), JSON.stringify(recipe));
}

interface Surroundings extends ImagesPorts {
  readonly lines: string[];
  readonly hosts: EngineOptions[];
  readonly builds: { name: string; rebuild: boolean | undefined }[];
  readonly closed: () => number;
}

/** A host that has the nginx image only, and builds that take no time. */
function surroundings(more: Partial<ImagesPorts> = {}): Surroundings {
  const lines: string[] = [];
  const hosts: EngineOptions[] = [];
  const builds: Surroundings["builds"] = [];
  let closed = 0;
  const nginx = { Id: "sha256:1", Size: 14_800_000, Config: { Labels: { "docker-tiers.recipe": recipeHash(nginxRecipe) } } };
  const engine = {
    find: (path: string) => Promise.resolve(path.includes("/nginx:") ? nginx : undefined),
    get: () => Promise.reject(new Error("not asked for")),
    stream: () => Promise.reject(new Error("not asked for")),
    close: () => Promise.resolve(void (closed += 1)),
  } as unknown as ReturnType<ImagesPorts["openEngine"]>;
  return {
    lines,
    hosts,
    builds,
    closed: () => closed,
    output: { line: (text) => void lines.push(text) },
    clock: { now: () => 0, every: () => () => undefined },
    synthesised,
    openEngine: (options) => {
      hosts.push(options);
      return engine;
    },
    build: (recipe, _ports, options) => {
      builds.push({ name: recipe.name, rebuild: options.rebuild });
      return Promise.resolve({ name: imageName(recipe), built: recipe.name !== "nginx" });
    },
    ...more,
  };
}

describe("tiers images build", () => {
  it("builds each recipe of the environment on its host, and says which were there", async () => {
    writeStack("dev", { host: "ssh://deploy@web-1", cert_path: "/certs", ssh_opts: ["-p", "2222"] }, [nginxRecipe, redisRecipe]);
    writeStack("prod", { host: "ssh://deploy@prod" }, [redisRecipe]);
    const ports = surroundings();
    await buildImages(ports, ["dev"]);
    expect(ports.hosts).toEqual([{ host: "ssh://deploy@web-1", certPath: "/certs", sshOptions: ["-p", "2222"] }]);
    expect(ports.builds.map(({ name }) => name)).toEqual(["nginx", "redis"]);
    expect(ports.lines).toEqual([`nginx: ${imageName(nginxRecipe)} is there (0.0 s)`, `redis: ${imageName(redisRecipe)} built (0.0 s)`]);
    expect(ports.closed()).toBe(1);
  });

  it("looks for certificates where Terraform does: from the directory of the stack", async () => {
    writeStack("dev", { host: "tcp://web-1:2376", cert_path: "../../../certs" }, [redisRecipe]);
    const ports = surroundings();
    await buildImages(ports, ["dev"]);
    expect(ports.hosts).toEqual([{ host: "tcp://web-1:2376", certPath: join(synthesised, "..", "certs") }]);
  });

  it("takes certificates as text, as Terraform does", async () => {
    const texts = { ca_material: "ca", cert_material: "cert", key_material: "key" };
    writeStack("dev", { host: "tcp://web-1:2376", ...texts }, [redisRecipe]);
    const ports = surroundings();
    await buildImages(ports, ["dev"]);
    expect(ports.hosts).toEqual([{ host: "tcp://web-1:2376", ca: "ca", cert: "cert", key: "key" }]);
  });

  it.each([
    [{}, "none, which leaves it to DOCKER_HOST"],
    [{ host: "ssh://deploy@web-1", context: "remote" }, 'context "remote"'],
  ])("fails where the shell or a context chooses the host: %j", async (provider, got) => {
    writeStack("dev", provider, [redisRecipe]);
    await expect(buildImages(surroundings(), ["dev"])).rejects.toThrow(
      `STACK_HOST: the docker provider in ${join(synthesised, "stacks/dev/cdk.tf.json")} must have a host written down, got ${got}; ` +
        "write its address into the program, such as unix:///var/run/docker.sock or ssh://user@host, and run the command again",
    );
  });

  it("takes the only environment when none is named, and passes the wish to rebuild on", async () => {
    writeStack("dev", { host: "unix:///run/docker.sock" }, [redisRecipe]);
    const ports = surroundings();
    await buildImages(ports, [], { rebuild: true });
    expect(ports.hosts).toEqual([{ host: "unix:///run/docker.sock" }]);
    expect(ports.builds).toEqual([{ name: "redis", rebuild: true }]);
  });

  it("says so when an environment takes no image from packages", async () => {
    writeStack("dev", { host: "unix:///run/docker.sock" }, []);
    const ports = surroundings();
    await buildImages(ports, ["dev"]);
    expect(ports.lines).toEqual(["dev: no images from packages"]);
  });

  it("runs at most two builds at once, and tries all of them before it fails", async () => {
    const recipes = ["a", "b", "c", "d"].map((name) => ({ ...redisRecipe, name }));
    writeStack("dev", { host: "unix:///run/docker.sock" }, recipes);
    let running = 0;
    let most = 0;
    const built: string[] = [];
    const build: ImagesPorts["build"] = async (recipe) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      built.push(recipe.name);
      if (recipe.name === "b") throw new Error("b is broken");
      return { name: recipe.name, built: true };
    };
    const ports = surroundings({ build });
    await expect(buildImages(ports, ["dev"])).rejects.toThrow(new Error("b is broken"));
    expect(most).toBe(2);
    expect(built.sort()).toEqual(["a", "b", "c", "d"]);
    expect(ports.lines).toContain("b: failed (0.0 s)");
    expect(ports.closed()).toBe(1);
  });

  it("fails without an environment when there are several, and shows the command", async () => {
    writeStack("dev", { host: "unix:///run/docker.sock" }, []);
    writeStack("prod", { host: "unix:///run/docker.sock" }, []);
    await expect(buildImages(surroundings(), [])).rejects.toThrow(
      new Error("NO_ENVIRONMENT: environment must be one or more of dev, prod, got none; for example: tiers images build dev"),
    );
  });

  it("fails for an environment that there is not, with those that there are", async () => {
    writeStack("dev", { host: "unix:///run/docker.sock" }, []);
    await expect(buildImages(surroundings(), ["test"])).rejects.toThrow(
      new Error('UNKNOWN_ENVIRONMENT: environment must be one of dev, got "test"'),
    );
  });

  it("fails before the first synth, with the command that does it", async () => {
    await expect(buildImages(surroundings(), ["dev"])).rejects.toThrow(
      `NOT_SYNTHESISED: ${synthesised} must hold the synthesised stacks, got none; run: npx cdktf synth`,
    );
  });

  it("fails for a stack without a docker provider", async () => {
    mkdirSync(join(synthesised, "stacks/dev"), { recursive: true });
    writeFileSync(join(synthesised, "stacks/dev/cdk.tf.json"), "{}");
    await expect(buildImages(surroundings(), ["dev"])).rejects.toThrow(
      new Error(`NOT_SYNTHESISED: ${synthesised}/stacks/dev/cdk.tf.json must name a docker provider, got none; run: npx cdktf synth`),
    );
  });
});

describe("tiers images list", () => {
  it("shows size or absence of each image", async () => {
    writeStack("dev", { host: "unix:///run/docker.sock" }, [nginxRecipe, redisRecipe]);
    const ports = surroundings();
    await listImages(ports, ["dev"]);
    expect(ports.lines).toEqual([`dev  ${imageName(nginxRecipe)}  14.8 MB`, `dev  ${imageName(redisRecipe)}  missing`]);
  });
});
