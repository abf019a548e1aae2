import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Health, Secret, Service } from "../../constructs";
import { SecretStore } from "../../store/secret-store";
import { person } from "../store/temporary";
import { resource, shopImage, synth, without } from "./synth";

const before = process.cwd();
let project: string;

beforeEach(async () => {
  project = mkdtempSync(join(tmpdir(), "docker-tiers-copy-"));
  const store = new SecretStore(join(project, "secrets"), "dev");
  store.init((await person()).recipients);
  await store.set("smtp", Buffer.from("hunter2"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "shop" }));
  process.chdir(project);
});
afterEach(() => {
  process.chdir(before);
  rmSync(project, { recursive: true });
});

describe("the copy of a stored secret", () => {
  it("is a volume, and a program that fills it when the value or the volume is another", () => {
    const json = synth((stack) => {
      const shop = new Service(stack, "Shop", { image: shopImage(), memoryMiB: 64, health: Health.shell("true") });
      Secret.fromStore("smtp").mountInto(shop);
    });
    const volume = without(resource(json, "docker_volume", "Shop/Secret-smtp/Volume"), "labels");
    const { lifecycle, triggers_replace: triggers } = resource(json, "terraform_data", "Shop/Secret-smtp/Push");
    // Each encryption has a version of its own, of which the name of the volume has a part.
    const text = JSON.stringify({ volume, push: { lifecycle, triggers } }).replace(/(?<="version":")[^"]+/, "VERSION");
    expect(JSON.parse(text.replace(/(?<=secret-smtp-)[0-9a-f]{8}/, "HASH"))).toMatchInlineSnapshot(`
      {
        "push": {
          "lifecycle": {
            "create_before_destroy": true,
          },
          "triggers": {
            "secret": "dev/smtp",
            "version": "VERSION",
            "volume": "\${docker_volume.Shop_Secret-smtp_Volume_3590B365.mountpoint}",
          },
        },
        "volume": {
          "lifecycle": {
            "create_before_destroy": true,
          },
          "name": "dev-shop-secret-smtp-HASH",
        },
      }
    `);
  });
});
