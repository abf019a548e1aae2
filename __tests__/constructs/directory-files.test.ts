import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { directoryFiles } from "../../constructs/directory-files";
import { inFolder } from "./synth";

describe("directoryFiles", () => {
  it("lists regular files by path, whatever order they were made in", () => {
    inFolder((folder) => {
      mkdirSync(join(folder, "b"));
      for (const path of ["b/2", "b/1", "a"]) writeFileSync(join(folder, path), path);
      symlinkSync("a", join(folder, "link"));
      chmodSync(join(folder, "a"), 0o755);
      expect(directoryFiles(folder)).toEqual([
        { path: "a", contentBase64: "YQ==", executable: true },
        { path: "b/1", contentBase64: "Yi8x", executable: false },
        { path: "b/2", contentBase64: "Yi8y", executable: false },
      ]);
    });
  });
});
