import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { providerBundle } from "../../constructs/provider-bundle";
import { inFolder } from "./synth";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A package with one source, and a bundle that says it was made from `built`. */
function lay(root: string, source: string, built: string): void {
  for (const directory of ["engine", "provider", "dist/provider"]) mkdirSync(join(root, directory), { recursive: true });
  writeFileSync(join(root, "provider", "main.ts"), source);
  writeFileSync(join(root, "dist", "provider", "provider.cjs"), "bundle");
  const sourceHash = sha256(`${sha256(built)}  provider/main.ts\n`);
  writeFileSync(join(root, "dist", "provider.json"), JSON.stringify({ version: "1.2.3", sourceHash }));
}

describe("providerBundle", () => {
  it("has the hash by which Terraform knows a folder", () => {
    inFolder((root) => {
      lay(root, "a", "a");
      const hash = createHash("sha256")
        .update(`${sha256("bundle")}  provider.cjs\n`)
        .digest("base64");
      expect(providerBundle(root)).toEqual({ directory: join(root, "dist", "provider"), version: "1.2.3", hash: `h1:${hash}` });
    });
  });

  it("fails for a bundle of other sources", () => {
    inFolder((root) => {
      lay(root, "new", "old");
      expect(() => providerBundle(root)).toThrow(
        new Error("PROVIDER_BUNDLE: embedded provider must be built from the sources beside it, got an older one; run npm run build"),
      );
    });
  });

  it("fails when what terraform starts has changed", () => {
    inFolder((root) => {
      lay(root, "a", "a");
      writeFileSync(join(root, "provider", "terraform-provider-docker.sh"), "#!/bin/sh\n");
      expect(() => providerBundle(root)).toThrow("PROVIDER_BUNDLE: embedded provider must be built from the sources beside it");
    });
  });

  it("fails where nothing was built", () => {
    inFolder((root) => {
      expect(() => providerBundle(root)).toThrow(
        new Error("PROVIDER_BUNDLE: embedded provider must be built, got no dist/provider.json; run npm run build"),
      );
    });
  });
});
