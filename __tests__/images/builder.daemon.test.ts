import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildSync } from "esbuild";

import { Engine } from "../../engine";
import { buildImage, type BuilderPorts } from "../../images/builder";
import { cacheDirectory } from "../../images/cache-directory";
import { findImage } from "../../images/image-store";
import { hostMirror } from "../../images/mirror";
import { imageName, type PackageRecipe } from "../../images/recipe";

const engine = new Engine();
const root = join(__dirname, "../..");
let directory: string;
const recipes: PackageRecipe[] = [];

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "docker-tiers-builder-"));
});
afterAll(async () => {
  for (const recipe of recipes) await engine.delete(`/images/${imageName(recipe)}`).catch(() => undefined);
  await engine.close();
  rmSync(directory, { recursive: true });
}, 30_000);

/** A small image that no other test has: only busybox and what it needs. */
function smallRecipe(note: string): PackageRecipe {
  const recipe: PackageRecipe = {
    name: "builder-test",
    version: "1",
    suite: "trixie",
    packages: ["busybox"],
    paths: ["/usr/bin/busybox"],
    files: [{ path: "/etc/note", content: `${note} ${process.pid}\n` }],
    users: [],
    config: { cmd: ["sh"], user: "1000:1000", stopSignal: "SIGTERM" },
  };
  recipes.push(recipe);
  return recipe;
}

function ports(more: Partial<BuilderPorts> = {}): BuilderPorts {
  return { engine, cache: cacheDirectory(), mirror: () => hostMirror(), ...more };
}

/** sha256 of a package as apt has put it into the cache. */
function downloaded(name: string, version: string): string {
  const directory = join(cacheDirectory(), "apt/trixie/archives");
  const file = readdirSync(directory).find((each) => each.startsWith(`${name}_${version.replaceAll(":", "%3a")}_`)) ?? "none";
  return createHash("sha256")
    .update(readFileSync(join(directory, file)))
    .digest("hex");
}

describe("buildImage", () => {
  it("tells what it does, labels the image, and skips it in milliseconds when it is there", async () => {
    const recipe = smallRecipe("labels");
    const steps: string[] = [];
    expect(await buildImage(recipe, ports({ onProgress: (text) => steps.push(text) }))).toEqual({ name: imageName(recipe), built: true });
    expect(steps).toEqual(expect.arrayContaining(["resolving packages", "writing the root file system"]));
    const image = await findImage(engine, recipe);
    expect(image?.labels).toMatchObject({
      "docker-tiers.rootfs": expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      "docker-tiers.package.busybox": expect.stringMatching(/^1:1\.\d+\.\d+-/) as string,
      "docker-tiers.deb.busybox": downloaded("busybox", image?.labels["docker-tiers.package.busybox"] ?? ""),
      "docker-tiers.package.libc6": expect.stringMatching(/^2\./) as string,
    });
    const began = performance.now();
    expect(await buildImage(recipe, ports({ mirror: () => "http://not-asked.invalid" }))).toEqual({
      name: imageName(recipe),
      built: false,
    });
    expect(performance.now() - began).toBeLessThan(300);
  }, 120_000);

  it("gives the same image, bit by bit, when built again", async () => {
    const recipe = smallRecipe("again");
    await buildImage(recipe, ports());
    const first = await findImage(engine, recipe);
    await engine.delete(`/images/${imageName(recipe)}`);
    expect((await buildImage(recipe, ports(), { rebuild: true })).built).toBe(true);
    expect(await findImage(engine, recipe)).toEqual(first);
    expect(readdirSync(cacheDirectory()).filter((name) => name.startsWith("build-"))).toEqual([]);
  }, 120_000);

  it("fails when a path is in none of the packages", async () => {
    const recipe = { ...smallRecipe("path"), paths: ["/usr/bin/absent"] };
    await expect(buildImage(recipe, ports())).rejects.toThrow(
      new Error(
        'PATH_MISSING: every path of the recipe "builder-test" must be in its packages, got none for /usr/bin/absent; ' +
          "correct the path, or name the package that brings it",
      ),
    );
  }, 60_000);

  it("fails when a path is a link whose target is in none of the paths", async () => {
    const recipe = { ...smallRecipe("link"), packages: ["redis-server", "redis-tools"], paths: ["/usr/bin/redis-server"] };
    await expect(buildImage(recipe, ports())).rejects.toThrow(
      new Error(
        'PATH_MISSING: every path of the recipe "builder-test" must be in its packages, got none for /usr/bin/redis-check-rdb ' +
          "(where /usr/bin/redis-server leads); correct the path, or name the package that brings it",
      ),
    );
  }, 60_000);

  it("fails when a package does not exist", async () => {
    const recipe = { ...smallRecipe("package"), packages: ["no-such-package"] };
    await expect(buildImage(recipe, ports())).rejects.toThrow(
      new Error(
        "PACKAGES_UNAVAILABLE: no-such-package, busybox must be available in trixie, got: Unable to locate package no-such-package; " +
          "check the network and that the mirror carries this suite",
      ),
    );
  }, 60_000);

  it("fails without network, and says so", async () => {
    const cache = join(directory, "empty-cache");
    await expect(buildImage(smallRecipe("network"), ports({ cache, mirror: () => "http://127.0.0.1:9/debian" }))).rejects.toThrow(
      /^MIRROR_UNREACHABLE: the package lists of trixie must be readable at http:\/\/127\.0\.0\.1:9\/debian, got: .*; check the network and apt's sources, or build on a machine that reaches a mirror$/,
    );
  }, 60_000);

  it("fails without apt, and says where to build", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = directory;
    try {
      await expect(buildImage(smallRecipe("apt"), ports())).rejects.toThrow(
        new Error(
          "APT_MISSING: images from packages must be built where apt is installed, got no apt-get on PATH; " +
            "run this on a Debian machine: it builds for remote Docker hosts, too",
        ),
      );
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("fails for a host of another architecture", async () => {
    const other = {
      find: () => Promise.resolve(undefined),
      get: () => Promise.resolve({ Arch: "s390x" }),
      stream: engine.stream.bind(engine),
    };
    await expect(buildImage(smallRecipe("arch"), ports({ engine: other as BuilderPorts["engine"] }))).rejects.toThrow(
      /^ARCHITECTURE_DIFFERS: the Docker host must have the architecture of this machine \(.+\), got s390x; build on a s390x machine$/,
    );
  });
});

describe("buildImage as an ordinary user of the docker group", () => {
  const user = `tiers-test-${process.pid}`;
  const isRoot = process.getuid?.() === 0;
  let uid = process.getuid?.() ?? 0;

  beforeAll(() => {
    if (!isRoot) return;
    execFileSync("useradd", ["--no-create-home", "--groups", "docker", user]);
    uid = Number(execFileSync("id", ["-u", user], { encoding: "utf8" }));
  });
  afterAll(() => {
    if (isRoot) execFileSync("userdel", [user]);
  });

  /** Runs the builder in a process of the user, who has a home and the socket's group, and nothing else. */
  function buildAs(home: string, recipe: PackageRecipe): string {
    const script = `
      const { Engine } = require("${root}/engine");
      const { buildImage } = require("${root}/images/builder");
      const { cacheDirectory } = require("${root}/images/cache-directory");
      const { hostMirror } = require("${root}/images/mirror");
      const engine = new Engine();
      buildImage(${JSON.stringify(recipe)}, { engine, cache: cacheDirectory(), mirror: () => hostMirror() })
        .then(({ built }) => console.log(process.getuid(), built), (error) => console.log(error.message))
        .finally(() => engine.close());`;
    const file = join(directory, "build.cjs");
    buildSync({ stdin: { contents: script, resolveDir: root }, bundle: true, platform: "node", outfile: file, logLevel: "error" });
    chmodSync(file, 0o644);
    const { gid } = statSync("/var/run/docker.sock");
    const identity = isRoot ? { uid, gid } : {};
    const env = { PATH: process.env["PATH"], HOME: home };
    return execFileSync(process.execPath, [file], { encoding: "utf8", cwd: "/", env, timeout: 100_000, ...identity }).trim();
  }

  it("builds an image with root's files in it", async () => {
    const home = join(directory, "home");
    mkdirSync(home);
    chmodSync(directory, 0o755);
    if (isRoot) chownSync(home, uid, uid);
    const recipe = smallRecipe("user");
    expect(buildAs(home, recipe)).toBe(`${uid} true`);
    expect(await findImage(engine, recipe)).toBeDefined();
    expect(readdirSync(join(home, ".cache/docker-tiers"))).toEqual(["apt"]);
  }, 120_000);

  it("fails when the cache directory is not the user's, and says which variable to set", () => {
    const home = join(directory, "closed");
    mkdirSync(home, { mode: 0o555 });
    expect(buildAs(home, smallRecipe("denied"))).toBe(
      `CACHE_NOT_WRITABLE: the cache directory must be writable, got EACCES for ${home}/.cache/docker-tiers; ` +
        "set XDG_CACHE_HOME to a directory of yours",
    );
  }, 60_000);
});
