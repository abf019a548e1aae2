import { createHash } from "node:crypto";
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

import { extract, type Header } from "tar-stream";

import { PackageTree } from "../../images/package-tree";
import type { PackageRecipe } from "../../images/recipe";
import { layOut, type RootFileSystem } from "../../images/rootfs";
import { writeRootTar } from "../../images/tar";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "docker-tiers-tar-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const recipe: PackageRecipe = {
  name: "demo",
  version: "1.0",
  suite: "trixie",
  packages: ["demo"],
  paths: ["/usr/bin/demo"],
  files: [{ path: "/etc/demo.conf", content: "setting\n", mode: 0o600 }],
  links: [{ path: "/var/log/demo.log", target: "/dev/stdout" }],
  bundles: [{ path: "/etc/all.crt", from: "/usr/share/certs" }],
  directories: [{ path: "/var/lib/demo", mode: 0o750, uid: 999, gid: 999 }],
  users: [{ name: "demo", uid: 999, home: "/var/lib/demo" }],
  config: { cmd: ["demo"], user: "999:999", stopSignal: "SIGTERM" },
};

function demoRoot(): RootFileSystem {
  const tree = new PackageTree();
  const add = (path: string, text: string): void => {
    const content = join(directory, path.replaceAll("/", "_"));
    writeFileSync(content, text);
    tree.add(path, { kind: "file", mode: 0o755, content, size: Buffer.byteLength(text), from: "demo" });
  };
  add("/usr/bin/demo", "program");
  add("/usr/bin/sed", "a better sed");
  add("/usr/share/certs/b.crt", "B\n");
  add("/usr/share/certs/a.crt", "A");
  const paths = new Set(["/usr/bin/demo", "/usr/bin/sed"]);
  return layOut(recipe, { tree, paths, versions: { demo: "1.0-1" }, hashes: { demo: "ab12" }, modified: 1_700_000_000 });
}

function textOf(root: RootFileSystem, path: string): string {
  const content = root.get(path)?.content;
  return Buffer.isBuffer(content) ? content.toString() : "";
}

async function entriesOf(file: string): Promise<Map<string, Header & { text: string }>> {
  const archive = extract();
  const entries = new Map<string, Header & { text: string }>();
  const reading = (async () => {
    for await (const entry of archive) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
      entries.set(entry.header.name, { ...entry.header, text: Buffer.concat(chunks).toString() });
    }
  })();
  await Promise.all([pipeline(createReadStream(file), archive), reading]);
  return entries;
}

describe("layOut", () => {
  it("lets the recipe win over packages, and packages over busybox", () => {
    const root = demoRoot();
    expect(root.get("/usr/bin/cat")).toMatchObject({ type: "symlink", target: "busybox" });
    expect(root.get("/usr/bin/sed")).toMatchObject({ type: "file" });
    expect(root.get("/bin")).toMatchObject({ type: "symlink", target: "usr/bin" });
    expect(root.get("/tmp")).toMatchObject({ type: "directory", mode: 0o1777 });
  });

  it("leaves the parts of a bundle out of the image", () => {
    const root = demoRoot();
    expect(root.has("/usr/share/certs/a.crt")).toBe(false);
    expect(textOf(root, "/etc/all.crt")).toBe("A\nB\n");
  });

  it("writes the accounts", () => {
    expect(textOf(demoRoot(), "/etc/passwd")).toBe(
      "root:x:0:0::/root:/bin/sh\ndemo:x:999:999::/var/lib/demo:/bin/sh\nnobody:x:65534:65534::/nonexistent:/bin/sh\n",
    );
  });

  it("orders paths, with parents before what they hold", () => {
    const paths = [...demoRoot().keys()];
    expect(paths).toEqual([...paths].sort());
    expect(paths.indexOf("/var/lib")).toBeLessThan(paths.indexOf("/var/lib/demo"));
  });
});

describe("writeRootTar", () => {
  it("gives the same bytes for the same entries, and their sha256", async () => {
    const files = [join(directory, "one.tar"), join(directory, "two.tar")];
    const hashes = [];
    for (const file of files) hashes.push(await writeRootTar(demoRoot(), 1_700_000_000, file));
    const [one, two] = files.map((file) => readFileSync(file));
    expect(one?.equals(two ?? Buffer.alloc(0))).toBe(true);
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[0]).toBe(
      createHash("sha256")
        .update(one ?? "")
        .digest("hex"),
    );
  });

  it("gives other bytes for another time", async () => {
    const hash = await writeRootTar(demoRoot(), 1_700_000_000, join(directory, "one.tar"));
    expect(await writeRootTar(demoRoot(), 1_700_000_001, join(directory, "two.tar"))).not.toBe(hash);
  });

  it("writes owners, modes and one time for all, whoever runs it", async () => {
    const file = join(directory, "root.tar");
    await writeRootTar(demoRoot(), 1_700_000_000, file);
    const entries = await entriesOf(file);
    expect(entries.get("var/lib/demo/") ?? entries.get("var/lib/demo")).toMatchObject({
      type: "directory",
      uid: 999,
      gid: 999,
      mode: 0o750,
    });
    expect(entries.get("etc/demo.conf")).toMatchObject({ type: "file", uid: 0, gid: 0, mode: 0o600, text: "setting\n" });
    expect(entries.get("usr/bin/demo")).toMatchObject({ type: "file", mode: 0o755, text: "program" });
    expect(entries.get("var/log/demo.log")).toMatchObject({ type: "symlink", linkname: "/dev/stdout" });
    expect(new Set([...entries.values()].map(({ mtime }) => mtime.getTime()))).toEqual(new Set([1_700_000_000_000]));
  });

  it("fails when a content is gone, instead of writing half a file", async () => {
    const root = demoRoot();
    rmSync(join(directory, "_usr_bin_demo"));
    await expect(writeRootTar(root, 0, join(directory, "root.tar"))).rejects.toThrow("ENOENT: no such file or directory");
  });
});
