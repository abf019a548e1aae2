import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { AptSuite } from "../../images/apt-suite";
import type { PackageRecipe } from "../../images/recipe";
import { nginxRecipe } from "../../images/recipes/nginx";
import * as images from "../../index";

const ANSWERS = join(__dirname, "../fixtures/apt");
const MIRROR = "http://mirror.example/debian";
const before = process.env["PATH"] ?? "";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "docker-tiers-apt-"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "keyring.gpg"), "");
  process.env["PATH"] = `${join(folder, "bin")}${delimiter}${before}`;
});
afterEach(() => {
  process.env["PATH"] = before;
  rmSync(folder, { recursive: true });
});

/** An apt-get that gives the recorded answers of another system's: to its update, and to requests for the very same packages. */
function answer(recorded: string): void {
  const answers = join(ANSWERS, recorded);
  const script = `#!/bin/sh
case " $* " in
  *" update "*) grep '^[EW]: ' '${answers}' >&2; exit "$(sed -n 's/^update //p' '${answers}')" ;;
  *" --simulate "*) shift 2; awk -v asked="$*" '/^install /{ found = $0 == asked; any += found } found; END { exit !any }' '${answers}' ;;
esac
`;
  writeFileSync(join(folder, "bin/apt-get"), script, { mode: 0o755 });
}

const suite = (name = "sid", keyring = join(folder, "keyring.gpg")): AptSuite =>
  new AptSuite({ cache: join(folder, "cache"), suite: name, mirror: MIRROR, keyring });

const isRecipe = (value: unknown): value is PackageRecipe => typeof value === "object" && value !== null && "suite" in value;
const recipes = Object.values(images).filter(isRecipe);
const releases = ["22.04", "24.04"] as const;
const cases = releases.flatMap((release) => recipes.map((recipe) => [recipe.name, release, recipe] as const));

describe("a suite of Debian on Ubuntu", () => {
  it("is tried for every recipe that is exported", () => {
    expect(recipes.map(({ name }) => name).sort()).toEqual(["mariadb", "mysql", "nginx", "node", "openssl", "redis", "valkey"]);
  });

  it.each(cases)("has %s, in the version that its recipe is named for, by the apt of %s", async (_name, release, recipe) => {
    answer(`ubuntu-${release}.txt`);
    const packages = await suite(recipe.suite).download(recipe.packages);
    const versions = new Map(packages.map(({ name, version }) => [name, version]));
    expect(versions.size).toBe(packages.length);
    expect(recipe.packages.filter((name) => !versions.has(name))).toEqual([]);
    expect(versions.get(recipe.packages[0] ?? "")?.replace(/^\d+:/, "")).toMatch(
      new RegExp(`^${recipe.version.replaceAll(".", "\\.")}\\b`),
    );
    expect([...versions.keys()]).toContain("libc6");
  });

  it.each(releases)("is resolved by the apt of %s with all that a recipe's packages depend on", async (release) => {
    answer(`ubuntu-${release}.txt`);
    const packages = await suite().download(nginxRecipe.packages);
    expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual([
      "debconf 1.5.92",
      "gcc-16-base 16.2.0-4",
      "libc-gconv-modules-extra 2.43-7",
      "libc6 2.43-7",
      "libcrypt1 1:4.5.2+20251210-1",
      "libgcc-s1 16.2.0-4",
      "libpcre2-8-0 10.49-1",
      "libssl3t64 3.6.5-1",
      "libzstd1 1.5.7+dfsg-4",
      "nginx 1.30.6-2",
      "nginx-common 1.30.6-2",
      "openssl-provider-legacy 3.6.5-1",
      "zlib1g 1:1.3.dfsg+really1.3.2-4",
    ]);
    expect(packages.at(-1)?.file).toBe(join(folder, "cache/apt/sid/archives/zlib1g_1%3a1.3.dfsg+really1.3.2-4_amd64.deb"));
  });

  it("fails with the keyring of 22.04, which is older than the keys", async () => {
    answer("ubuntu-22.04-own-keys.txt");
    await expect(suite().download(nginxRecipe.packages)).rejects.toThrow(
      new Error(
        `KEYRING_OUTDATED: ${join(folder, "keyring.gpg")} must hold the keys that sign sid, got none of 6ED0E7B82643E131, 78DBA3BC47EF2265; ` +
          "install debian-archive-keyring 2023.3 or newer: Ubuntu 22.04 takes the package of 24.04",
      ),
    );
  });

  it("fails without Debian's keys, and says which package has them", async () => {
    answer("ubuntu-22.04-own-keys.txt");
    await expect(suite("sid", "/nowhere/keyring.gpg").download(nginxRecipe.packages)).rejects.toThrow(
      new Error(
        "KEYRING_MISSING: Debian's keys must be at /nowhere/keyring.gpg, got no such file; install debian-archive-keyring, which Ubuntu has as well",
      ),
    );
  });
});
