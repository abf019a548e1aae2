import { parseIgnoreFile } from "../../engine/ignore-file";

const ignored = (content: string, ...paths: string[]): string[] => paths.filter((path) => parseIgnoreFile(content).ignores(path));

describe(".dockerignore", () => {
  it("covers what lies below a line, and only whole names", () => {
    expect(ignored("secret\n", "secret", "secret/a/b", "secrets", "x/secret")).toEqual(["secret", "secret/a/b"]);
  });

  it("knows *, ?, ** and [], leading slashes, comments and blank lines", () => {
    expect(ignored("# a comment\n\n/*.log\n", "a.log", "x/a.log", "# a comment")).toEqual(["a.log"]);
    expect(ignored("**/*.log", "a.log", "x/y/a.log", "a.log.txt")).toEqual(["a.log", "x/y/a.log"]);
    expect(ignored("x/**", "x/a", "x/a/b", "y/x/a")).toEqual(["x/a", "x/a/b"]);
    expect(ignored("a?[0-9].txt", "ab1.txt", "a/1.txt", "abc.txt")).toEqual(["ab1.txt"]);
  });

  it("lets the last matching line decide", () => {
    expect(ignored("*.md\n!README.md\nREADME.md\n!README.md", "a.md", "README.md")).toEqual(["a.md"]);
    expect(ignored("dir\n!dir/keep", "dir/a", "dir/keep", "dir/keep/b")).toEqual(["dir/a"]);
  });
});
