import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ContainerImage, Secret, WebTier } from "../../constructs";
import { command, localExec, project, shop, versionId } from "./secret-project";
import { address, resource, resources, synth } from "./synth";

const tier = (stack: TerraformStack): WebTier => {
  mkdirSync(join(project, "site"), { recursive: true });
  writeFileSync(join(project, "site/index.html"), "hello");
  return new WebTier(stack, "Web", { memoryMiB: 32, site: join(project, "site"), image: ContainerImage.fromRegistry("nginx:1.30.4") });
};

describe("a stored secret", () => {
  it("holds back the removal of a consumer that is not made anew first, until it can be decrypted", () => {
    const json = synth((stack) => Secret.fromStore("smtp").mountInto(tier(stack)));
    const gate = resource(json, "terraform_data", "Web/Secret-smtp/Gate");
    expect(gate).toMatchObject({
      depends_on: [address(json, "docker_container", "Web/Resource")],
      triggers_replace: { environment: "dev", name: "smtp", version: versionId(), owner: "101:101", mode: "0400" },
    });
    expect(gate).not.toHaveProperty("lifecycle");
    expect(localExec(json, "Web/Secret-smtp/Gate").when).toBe("destroy");
    expect(command(json, "Web/Secret-smtp/Gate").slice(2)).toEqual([
      "secrets",
      "ready",
      "--environment=${self.triggers_replace.environment}",
      "--version-id=${self.triggers_replace.version}",
      expect.stringMatching(/^--directory=(\.\.\/)+.*secrets$/),
      "${self.triggers_replace.name}",
    ]);
    expect(resources(shop(), "terraform_data")).not.toHaveProperty("Shop/Secret-smtp/Gate");
  });
});
