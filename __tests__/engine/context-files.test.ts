import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { contextFiles } from "../../engine/context-files";

describe("the files of a build context", () => {
  let directory: string;

  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "context-files-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const write = (path: string, content = "x"): void => {
    mkdirSync(join(directory, dirname(path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  };

  const paths = (dockerfile = "Dockerfile"): string[] => [...contextFiles(directory, dockerfile)].map(({ path }) => path);

  it("are sorted, each directory before what is in it", () => {
    for (const path of ["b/2", "b/1", "a", "Dockerfile"]) write(path);
    symlinkSync("nowhere", join(directory, "link"));
    expect([...contextFiles(directory, "Dockerfile")]).toEqual([
      { path: "Dockerfile", kind: "file" },
      { path: "a", kind: "file" },
      { path: "b", kind: "directory" },
      { path: "b/1", kind: "file" },
      { path: "b/2", kind: "file" },
      { path: "link", kind: "link" },
    ]);
  });

  it("are without what is ignored, and with what comes back", () => {
    for (const path of ["Dockerfile", "key.pem", "logs/a.log", "logs/keep/b", "node_modules/x/index.js"]) write(path);
    write(".dockerignore", "*.pem\nnode_modules\nlogs\n!logs/keep\n");
    expect(paths()).toEqual([".dockerignore", "Dockerfile", "logs/keep", "logs/keep/b"]);
  });

  it("hold the Dockerfile and the ignore file even where these are ignored", () => {
    for (const path of ["build/Dockerfile", "build/other"]) write(path);
    write(".dockerignore", "*\n");
    expect(paths("build/Dockerfile")).toEqual([".dockerignore", "build/Dockerfile"]);
  });

  it("obey the ignore file of one Dockerfile before that of the directory", () => {
    for (const path of ["Dockerfile", "test.Dockerfile", "a", "b"]) write(path);
    write(".dockerignore", "a\n");
    write("test.Dockerfile.dockerignore", "b\n");
    expect(paths()).not.toContain("a");
    expect(paths("test.Dockerfile")).toEqual([".dockerignore", "Dockerfile", "a", "test.Dockerfile", "test.Dockerfile.dockerignore"]);
  });

  it("leave a pipe behind", () => {
    write("Dockerfile");
    execFileSync("mkfifo", [join(directory, "pipe")]);
    expect(paths()).toEqual(["Dockerfile"]);
  });
});
