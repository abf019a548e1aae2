import { mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProviderBundle } from "../../constructs/provider-bundle";
import { linkProvider } from "../../constructs/provider-link";
import { inFolder } from "./synth";

const HASH = `h1:${"A".repeat(43)}=`;

/** A bundle and a stack's directory in one folder. */
function lay(folder: string): { bundle: ProviderBundle; directory: string; mirror: string } {
  const bundle = { directory: join(folder, "dist", "provider"), version: "1.2.3", hash: HASH };
  const directory = join(folder, "cdktf.out", "stacks", "dev");
  for (const path of [bundle.directory, directory]) mkdirSync(path, { recursive: true });
  const mirror = join(directory, "terraform.d", "plugins", "terraform.local", "docker-tiers", "docker", "1.2.3");
  return { bundle, directory, mirror };
}

const lockFile = (directory: string): string => readFileSync(join(directory, ".terraform.lock.hcl"), "utf8");

describe("linkProvider", () => {
  it("leads to the bundle by a relative link, so that the project may be moved", () => {
    inFolder((folder) => {
      const { bundle, directory, mirror } = lay(folder);
      linkProvider(directory, bundle);
      const [target = "", ...more] = readdirSync(mirror);
      expect(more).toEqual([]);
      expect(target).toMatch(/^(linux|darwin|win32)_(amd64|arm64|386|arm)$/);
      expect(readlinkSync(join(mirror, target))).toBe("../../../../../../../../../dist/provider");
      expect(realpathSync(join(mirror, target))).toBe(realpathSync(bundle.directory));
    });
  });

  it("locks the bundle's hash", () => {
    inFolder((folder) => {
      const { bundle, directory } = lay(folder);
      linkProvider(directory, bundle);
      expect(lockFile(directory)).toBe(
        `provider "terraform.local/docker-tiers/docker" {\n  version     = "1.2.3"\n  constraints = "1.2.3"\n  hashes = [\n    "${HASH}",\n  ]\n}\n`,
      );
    });
  });

  it("replaces a link and a lock of another bundle, and keeps the other providers' locks", () => {
    inFolder((folder) => {
      const { bundle, directory, mirror } = lay(folder);
      const other = 'provider "example.com/a/b" {\n  version = "1.0.0"\n}\n';
      writeFileSync(join(directory, ".terraform.lock.hcl"), other);
      linkProvider(directory, { ...bundle, directory: join(folder, "elsewhere"), hash: `h1:${"B".repeat(43)}=` });
      linkProvider(directory, bundle);
      linkProvider(directory, bundle);
      expect(realpathSync(join(mirror, String(readdirSync(mirror)[0])))).toBe(realpathSync(bundle.directory));
      expect(lockFile(directory)).toContain(other);
      expect(lockFile(directory)).toContain(HASH);
      expect(lockFile(directory).match(/^provider /gm)).toHaveLength(2);
    });
  });
});
