import { writeFileSync } from "node:fs";
import type { TerraformStack } from "cdktf";
import { ConfigVolume, Secret, type Service } from "../../constructs";
import { service, shop } from "./secret-project";
import { inStack, resource, resources, shopImage, type TerraformJson } from "./synth";

describe("a secret that cannot be read", () => {
  const fault = (json: TerraformJson): string => {
    const { lifecycle } = resource(json, "terraform_data", "Shop/Secret-smtp/Fault") as {
      lifecycle: { precondition: { error_message: string }[] };
    };
    return lifecycle.precondition[0]?.error_message ?? "none";
  };

  it("fails every plan of its stack with a sentence, and stops no synth", () => {
    const json = shop(undefined, { stack: "prod" });
    expect(fault(json)).toBe(
      'SECRET_MISSING: secret "smtp" of prod must be in the store, got no readable secrets/prod/smtp.age; run: npx tiers secrets set smtp prod (at prod/Shop/Secret-smtp)',
    );
    expect(resources(shop(), "terraform_data")).not.toHaveProperty("Shop/Secret-smtp/Fault");
  });

  it("fails likewise when its file is another's or none of ours", () => {
    writeFileSync("secrets/dev/smtp.age", "${hunter2}");
    expect(fault(shop())).toBe(
      "SECRET_FORMAT: secrets/dev/smtp.age must be as tiers secrets set writes it, got something else; run: npx tiers secrets set smtp dev (at dev/Shop/Secret-smtp)",
    );
  });
});

describe("a secret that cannot be mounted", () => {
  const mounting = (mount: (shop: Service, stack: TerraformStack) => void) => (): void => inStack((stack) => mount(service(stack), stack));

  it.each([
    [
      "Smtp",
      "dev",
      'SECRET_NAME: secret name must be 1 to 40 lower-case letters, digits and -, beginning and ending with a letter or digit, got "Smtp"; choose another (at dev/Shop)',
    ],
    [
      "../smtp",
      "dev",
      'SECRET_NAME: secret name must be 1 to 40 lower-case letters, digits and -, beginning and ending with a letter or digit, got "../smtp"; choose another (at dev/Shop)',
    ],
    [
      "smtp",
      "../dev",
      'SECRET_ENVIRONMENT: environment must be 1 to 63 letters, digits, - and _, beginning with a letter or digit, got "../dev"; choose another (at dev/Shop)',
    ],
  ])("fails as %p of %p", (name, environment, message) => {
    expect(mounting((shop) => Secret.fromStore(name, { environment }).mountInto(shop))).toThrow(new Error(message));
  });

  it("fails the second time", () => {
    const twice = mounting((shop) => {
      Secret.fromStore("smtp").mountInto(shop);
      Secret.fromStore("smtp").mountInto(shop);
    });
    expect(twice).toThrow(new Error('SECRET_TWICE: consumer must mount a secret once, got "smtp" twice; leave one out (at dev/Shop)'));
  });

  it("fails where something is mounted already", () => {
    const taken = mounting((shop, stack) => {
      new ConfigVolume(stack, "Config", { image: shopImage(), files: { a: "b" } }).mountInto(shop.workload, "/run/secrets/smtp");
      Secret.fromStore("smtp").mountInto(shop);
    });
    expect(taken).toThrow(new Error("MOUNT: one thing must be mounted at /run/secrets/smtp, got two; choose another path (at dev/Shop)"));
  });
});
