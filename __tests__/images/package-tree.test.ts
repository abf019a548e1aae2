import { normalise, PackageTree, pathPattern } from "../../images/package-tree";

describe("normalise", () => {
  it.each([
    ["./usr/bin/node", "/usr/bin/node"],
    ["./bin/sh", "/usr/bin/sh"],
    ["/lib64/ld-linux-x86-64.so.2", "/usr/lib64/ld-linux-x86-64.so.2"],
    ["./usr/share/doc/", "/usr/share/doc"],
    ["./", "/"],
    ["./libexec/x", "/libexec/x"],
    ["./../../etc/passwd", "/etc/passwd"],
  ])("makes %s %s", (path, expected) => {
    expect(normalise(path)).toBe(expected);
  });
});

describe("pathPattern", () => {
  it("matches the path, all below it, and parts of names by *", () => {
    const tests = (path: string, candidates: string[]): string[] => candidates.filter((candidate) => pathPattern(path).test(candidate));
    expect(tests("/usr/share/mysql", ["/usr/share/mysql", "/usr/share/mysql/a/b", "/usr/share/mysql-9"])).toEqual([
      "/usr/share/mysql",
      "/usr/share/mysql/a/b",
    ]);
    expect(tests("/usr/lib/*/a.so", ["/usr/lib/x/a.so", "/usr/lib/x/y/a.so", "/usr/lib/x/aXso"])).toEqual(["/usr/lib/x/a.so"]);
  });
});

describe("PackageTree", () => {
  it("keeps what the first package brought", () => {
    const tree = new PackageTree();
    tree.add("/usr/bin/a", { kind: "link", target: "first", from: "one" });
    tree.add("/usr/bin/a", { kind: "link", target: "second", from: "two" });
    expect(tree.get("/usr/bin/a")).toEqual({ kind: "link", target: "first", from: "one" });
  });
});
