import { KeptVolume } from "../../../constructs/storage/kept-volume";
import { inStack, resources, synth } from "../synth";

const build = (options = {}) => synth((stack) => new KeptVolume(stack, "Data"), options);

describe("KeptVolume", () => {
  it("is labelled to be kept, so that the embedded provider leaves it behind", () => {
    expect(resources(build(), "docker_volume")).toMatchInlineSnapshot(`
      {
        "Data": {
          "labels": [
            {
              "label": "docker-tiers.keep",
              "value": "true",
            },
            {
              "label": "docker-tiers.path",
              "value": "dev/Data",
            },
            {
              "label": "docker-tiers.project",
              "value": "docker-tiers",
            },
            {
              "label": "docker-tiers.stack",
              "value": "dev",
            },
          ],
          "name": "dev-data",
        },
      }
    `);
  });

  it("is no resource of the public provider, and a state that holds it lets it go", () => {
    const json = build({ provider: "kreuzwerker" });
    expect(json.resource).toBeUndefined();
    expect(json.removed).toEqual([{ from: "docker_volume.Data", lifecycle: { destroy: false } }]);
  });

  it("is referred to by reference where it is a resource of the same stack, and by name anywhere else", () => {
    inStack((stack) => {
      const volume = new KeptVolume(stack, "Data");
      expect(volume.reference(stack)).toMatch(/TfToken/);
      inStack((other) => expect(volume.reference(other)).toBe("dev-data"), { stack: "other" });
    });
    inStack((stack) => expect(new KeptVolume(stack, "Data").reference(stack)).toBe("dev-data"), { provider: "kreuzwerker" });
  });
});
