import { shop } from "./secret-project";
import { resource, without } from "./synth";

describe("the copy of a stored secret", () => {
  it("is a volume, and a program that fills it when the value or the volume is another", () => {
    const json = shop();
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
