import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { Spec, Validation } from "@cyclonedx/cyclonedx-library";

import { dependencies } from "../../package.json";

const ROOT = join(__dirname, "../..");

describe("npm run sbom", () => {
  it("is CycloneDX by the official schema, and names what is installed with the package, by hash", async () => {
    const text = execFileSync("npm", ["run", "--silent", "sbom"], { cwd: ROOT, encoding: "utf8" });
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot5).validate(text)).toBeNull();
    const { components } = JSON.parse(text) as { components: { name: string; hashes?: { alg: string }[] }[] };
    // What a package brings inside itself has no hash of its own.
    const hashed = components.filter(({ hashes = [] }) => hashes.some(({ alg }) => alg === "SHA-512")).map(({ name }) => name);
    // What is bundled into the provider is a development package here, yet part of what is published.
    const bundled = ["@bufbuild/protobuf", "@msgpack/msgpack"];
    expect(hashed).toEqual(expect.arrayContaining([...Object.keys(dependencies), ...bundled]));
  }, 60_000);
});
