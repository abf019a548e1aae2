import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { AptSuite, type DebPackage } from "../images/apt-suite";
import { cacheDirectory, makeCacheDirectory, withScratch } from "../images/cache-directory";
import { hostMirror } from "../images/mirror";

/** An engine and what it runs beside itself: firewall, processes for `docker top`, compressed layers, its loopback. */
const ENGINE = ["docker.io", "iptables", "procps", "xz-utils", "iproute2"];

/** Made by the packages' scripts otherwise. */
const ALTERNATIVES = ["iptables", "iptables-save", "iptables-restore", "ip6tables", "ip6tables-save", "ip6tables-restore"];

/** Unpacks packages of a suite into the cache, once for each set of them. @returns the directory, which has `usr` */
async function packageTree(suite: string, names: readonly string[]): Promise<string> {
  const cache = cacheDirectory();
  const apt = new AptSuite({ cache, suite, mirror: hostMirror(), onProgress: (text) => console.error(text) });
  const packages = await apt.download(names);
  const content = createHash("sha256")
    .update(packages.map(({ file }) => basename(file)).join("\n"))
    .digest("hex");
  const tree = join(makeCacheDirectory(join(cache, "engines")), `${suite}-${content.slice(0, 12)}`);
  if (!existsSync(tree))
    await withScratch(cache, (scratch) => {
      unpack(packages, join(scratch, "tree"));
      moveUnlessThere(join(scratch, "tree"), tree);
      return Promise.resolve();
    });
  return tree;
}

/** Another start may have been quicker. */
function moveUnlessThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error;
  }
}

function unpack(packages: readonly DebPackage[], tree: string): void {
  for (const name of ["bin", "sbin", "lib", "lib64"]) {
    mkdirSync(join(tree, "usr", name), { recursive: true });
    symlinkSync(`usr/${name}`, join(tree, name));
  }
  // dpkg-deb itself would put directories in place of the links.
  const program = 'dpkg-deb --fsys-tarfile "$1" | tar --extract --keep-directory-symlink --directory "$2"';
  for (const { file } of packages) execFileSync("bash", ["-o", "pipefail", "-c", program, "-", file, tree]);
  // Those of user-mode-linux, moved to where kernels look.
  const modules = join(tree, "usr/lib/uml/modules");
  if (existsSync(modules)) renameSync(modules, join(tree, "usr/lib/modules"));
  const firewall = join(tree, "usr/sbin/xtables-nft-multi");
  if (existsSync(firewall)) for (const name of ALTERNATIVES) symlinkSync(basename(firewall), join(tree, "usr/sbin", name));
}

/** Arguments: the suite, and packages if not those of an engine. Prints the directory. */
if (require.main === module) {
  const [suite = "", ...names] = process.argv.slice(2);
  packageTree(suite, names.length > 0 ? names : ENGINE).then(console.log, (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 3;
  });
}
