import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { closureOf, isLibrary } from "../../images/closure";
import { PackageTree } from "../../images/package-tree";
import { elfFile } from "./elf-file";

const LIBRARIES = "/usr/lib/x86_64-linux-gnu";
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "docker-tiers-closure-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function addFile(tree: PackageTree, path: string, bytes: Buffer): void {
  const content = join(directory, path.replaceAll("/", "_"));
  writeFileSync(content, bytes);
  tree.add(path, { kind: "file", mode: 0o755, content, size: bytes.length, from: "some-package" });
}

/** A program that loads libone, which loads libtwo, under the names that packages give them. */
function programTree(): PackageTree {
  const tree = new PackageTree();
  addFile(tree, "/usr/bin/program", elfFile({ interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libone.so.1"] }));
  tree.add(`${LIBRARIES}/libone.so.1`, { kind: "link", target: "libone.so.1.2.3", from: "libone1" });
  addFile(tree, `${LIBRARIES}/libone.so.1.2.3`, elfFile({ needed: ["libtwo.so.2"] }));
  addFile(tree, `${LIBRARIES}/libtwo.so.2`, elfFile({ needed: ["libone.so.1"] }));
  addFile(tree, `${LIBRARIES}/libunused.so.1`, elfFile({}));
  addFile(tree, `${LIBRARIES}/libgcc_s.so.1`, elfFile({}));
  tree.add("/usr/lib64/ld-linux-x86-64.so.2", { kind: "link", target: "../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", from: "libc6" });
  addFile(tree, `${LIBRARIES}/ld-linux-x86-64.so.2`, elfFile({}));
  return tree;
}

describe("closureOf", () => {
  it("takes libraries of libraries, links with what they lead to, and the loader, but nothing else", () => {
    const { paths, missing } = closureOf(programTree(), ["/usr/bin/program"]);
    expect([...paths].sort()).toEqual([
      "/usr/bin/program",
      "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
      "/usr/lib/x86_64-linux-gnu/libgcc_s.so.1",
      "/usr/lib/x86_64-linux-gnu/libone.so.1",
      "/usr/lib/x86_64-linux-gnu/libone.so.1.2.3",
      "/usr/lib/x86_64-linux-gnu/libtwo.so.2",
      "/usr/lib64/ld-linux-x86-64.so.2",
    ]);
    expect([...missing]).toEqual([]);
  });

  it("names libraries that no package brings, and who needs them", () => {
    const tree = new PackageTree();
    addFile(tree, "/usr/bin/program", elfFile({ needed: ["libabsent.so.9"] }));
    expect([...closureOf(tree, ["/usr/bin/program"]).missing]).toEqual([
      ["libabsent.so.9", "/usr/bin/program"],
      ["libgcc_s.so.1", "the C library"],
    ]);
  });

  it("follows a link of the roots", () => {
    const tree = programTree();
    tree.add("/usr/bin/alias", { kind: "link", target: "program", from: "some-package" });
    expect([...closureOf(tree, ["/usr/bin/alias"]).paths]).toEqual(expect.arrayContaining(["/usr/bin/alias", "/usr/bin/program"]));
  });
});

describe("isLibrary", () => {
  it.each(["/usr/lib/x86_64-linux-gnu/libaio.so.1t64", "/usr/lib/libx.so", "/usr/lib64/ld-linux-x86-64.so.2"])("knows %s", (path) => {
    expect(isLibrary(path)).toBe(true);
  });

  it.each(["/usr/lib/mysql/plugin/validate_password.so", "/usr/share/libx.so.1", "/usr/lib/x86_64-linux-gnu/gconv/UTF-7.so"])(
    "leaves out %s, which the loader does not find by itself",
    (path) => {
      expect(isLibrary(path)).toBe(false);
    },
  );
});
