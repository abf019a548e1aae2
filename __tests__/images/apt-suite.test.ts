import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { AptSuite } from "../../images/apt-suite";
import { nginxRecipe } from "../../images/recipes/nginx";

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

/** An apt-get that gives the recorded answers of another system's. */
function answer({ update = "", plan = "" }: { readonly update?: string; readonly plan?: string }): void {
  const updates = update === "" ? "exit 0" : `cat '${join(ANSWERS, update)}' >&2; exit 100`;
  const script = `#!/bin/sh
case " $* " in
  *" update "*) ${updates} ;;
  *" --simulate "*) cat '${join(ANSWERS, plan)}' ;;
esac
`;
  writeFileSync(join(folder, "bin/apt-get"), script, { mode: 0o755 });
}

const suite = (keyring = join(folder, "keyring.gpg")): AptSuite =>
  new AptSuite({ cache: join(folder, "cache"), suite: nginxRecipe.suite, mirror: MIRROR, keyring });

describe("a suite of Debian on Ubuntu", () => {
  it("is resolved by the apt of 24.04, with all that a recipe's packages depend on", async () => {
    answer({ plan: "ubuntu-24.04-nginx.txt" });
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
    answer({ update: "ubuntu-22.04-update.txt" });
    await expect(suite().download(nginxRecipe.packages)).rejects.toThrow(
      new Error(
        `KEYRING_OUTDATED: ${join(folder, "keyring.gpg")} must hold the keys that sign sid, got none of 6ED0E7B82643E131, 78DBA3BC47EF2265; ` +
          "install debian-archive-keyring 2023.3 or newer: Ubuntu 22.04 takes the package of 24.04",
      ),
    );
  });

  it("fails without Debian's keys, and says which package has them", async () => {
    answer({ update: "ubuntu-22.04-update.txt" });
    await expect(suite("/nowhere/keyring.gpg").download(nginxRecipe.packages)).rejects.toThrow(
      new Error(
        "KEYRING_MISSING: Debian's keys must be at /nowhere/keyring.gpg, got no such file; install debian-archive-keyring, which Ubuntu has as well",
      ),
    );
  });
});
