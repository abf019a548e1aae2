import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linkProvider } from "../../constructs/provider-link";

let directory: string;
let working: string;
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "provider-link-")));
  working = join(directory, "stack");
  for (const name of ["stack", "bundle", "elsewhere"]) mkdirSync(join(directory, name));
});
afterEach(() => rmSync(directory, { recursive: true }));

const bundle = (): Parameters<typeof linkProvider>[1] => ({ directory: join(directory, "bundle"), version: "0.1.0", hash: "h1:abc=" });

const platform = `${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
const address = `terraform.local/docker-tiers/docker/0.1.0/${platform}`;
const installed = (): string => join(working, ".terraform/providers", address);

describe("linkProvider", () => {
  it("leads the implied mirror and the place of installation to the bundle", () => {
    linkProvider(working, bundle());
    expect(realpathSync(join(working, "terraform.d/plugins", address))).toBe(join(directory, "bundle"));
    expect(realpathSync(installed())).toBe(join(directory, "bundle"));
  });

  it("takes the place of what was installed from a cache that projects share", () => {
    mkdirSync(join(installed(), ".."), { recursive: true });
    symlinkSync(join(directory, "elsewhere"), installed());
    linkProvider(working, bundle());
    expect(realpathSync(installed())).toBe(join(directory, "bundle"));
  });

  it("locks the bundle's hash, once", () => {
    linkProvider(working, bundle());
    linkProvider(working, { ...bundle(), hash: "h1:def=" });
    expect(readFileSync(join(working, ".terraform.lock.hcl"), "utf8")).toBe(
      'provider "terraform.local/docker-tiers/docker" {\n  version     = "0.1.0"\n  constraints = "0.1.0"\n  hashes = [\n    "h1:def=",\n  ]\n}\n',
    );
  });
});
