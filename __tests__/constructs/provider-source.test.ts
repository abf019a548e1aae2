import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { App, TerraformStack } from "cdktf";
import { providerSource } from "../../constructs/provider-source";
import { inFolder, inStack } from "./synth";

describe("providerSource", () => {
  it("is that of the provider in the stack", () => {
    inStack((stack) => expect(providerSource(stack)).toBe("embedded"));
    inStack((stack) => expect(providerSource(stack)).toBe("kreuzwerker"), { provider: "kreuzwerker" });
  });

  it("is the public one for anybody's own DockerProvider, and for none", () => {
    inFolder((folder) => {
      const stack = new TerraformStack(new App({ outdir: folder }), "dev");
      expect(providerSource(stack)).toBe("kreuzwerker");
      new DockerProvider(stack, "docker", {});
      expect(providerSource(stack)).toBe("kreuzwerker");
    });
  });
});
