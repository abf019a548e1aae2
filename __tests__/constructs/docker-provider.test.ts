import { existsSync } from "node:fs";
import { join } from "node:path";
import { inFolder, newStack, written } from "./synth";

describe("PublicDockerProvider", () => {
  it("names the public provider by exact version, with the host written down, and links nothing", () => {
    inFolder((folder) => {
      const json: unknown = JSON.parse(written(folder, newStack(folder, { provider: "kreuzwerker" })));
      expect(json).toMatchObject({
        provider: { docker: [{ host: "unix:///var/run/docker.sock" }] },
        terraform: { required_providers: { docker: { source: "kreuzwerker/docker", version: "4.5.0" } } },
      });
      expect(existsSync(join(folder, "cdktf.out", "stacks", "dev", "terraform.d"))).toBe(false);
    });
  });
});
