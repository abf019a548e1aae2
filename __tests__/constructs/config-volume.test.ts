import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { ConfigVolume, Health, Service, type ConfigVolumeProps } from "../../constructs";
import { address, container, inFolder, inStack, reachable, resource, resources, shopImage, synth, type TerraformJson } from "./synth";

const volume = (files: ConfigVolumeProps["files"]): TerraformJson =>
  synth((stack) => new ConfigVolume(stack, "Config", { image: shopImage(), files }));

const name = (json: TerraformJson) => resource(json, "docker_volume", "Config/Volume")["name"];

const fails = (files: ConfigVolumeProps["files"]) => () =>
  inStack((stack) => new ConfigVolume(stack, "Config", { image: shopImage(), files }));

describe("ConfigVolume", () => {
  it("is a volume named by its content, filled through a container that never starts", () => {
    const json = volume({ "app.conf": "a", "certs/ca.der": Uint8Array.of(0, 255) });
    expect(resource(json, "docker_volume", "Config/Volume")).toMatchInlineSnapshot(`
      {
        "labels": [
          {
            "label": "docker-tiers.config",
            "value": "4f585bfae1948a6fcd0507fb03ffb12eb70744c0e7447f7e22f701a020ef03dd",
          },
          {
            "label": "docker-tiers.path",
            "value": "dev/Config",
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
        "lifecycle": {
          "create_before_destroy": true,
        },
        "name": "dev-config-4f585bfa",
      }
    `);
    expect(container(json, "Config/Loader")).toMatchObject({
      start: false,
      must_run: false,
      network_mode: "none",
      lifecycle: { create_before_destroy: true },
      upload: [
        { file: "/config/app.conf", content: "a" },
        { file: "/config/certs/ca.der", content_base64: "AP8=" },
      ],
    });
  });

  it("is another volume for another content, and the same for another order", () => {
    expect(name(volume({ a: "1" }))).not.toBe(name(volume({ a: "2" })));
    expect(volume({ a: "1", b: "2" })).toEqual(volume({ b: "2", a: "1" }));
  });

  it("carries any text to the file as it is", () => {
    const text = fc.array(fc.constantFrom("${a}", "%{if}", "$", "\n", '"', "é")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (content) => {
        const [upload] = container(volume({ f: content }), "Config/Loader")["upload"] as { content: string }[];
        expect(upload?.content.replace(/([$%])\1\{/g, "$1{")).toBe(content);
      }),
      { numRuns: 15 },
    );
  });

  it("is mounted read-only, after it was filled, and moves its readers to another name", () => {
    const using = (content: string) =>
      synth((stack) => {
        const { workload } = new Service(stack, "Shop", { image: shopImage(), memoryMiB: 64, health: Health.http("/") });
        new ConfigVolume(stack, "Config", { image: shopImage(), files: { "app.conf": content } }).mountInto(workload, "/etc/shop");
      });
    const [json, changed] = [using("a"), using("b")];
    expect(container(json, "Shop/Replica1")["mounts"]).toMatchObject([{ target: "/etc/shop", read_only: true, type: "volume" }]);
    expect(reachable(json, address(json, "docker_container", "Shop/Replica1"))).toContain(
      address(json, "docker_container", "Config/Loader"),
    );
    expect(container(json, "Shop/Replica1")["name"]).not.toBe(container(changed, "Shop/Replica1")["name"]);
  });

  it("is a resource for either provider, since its content is in the program", () => {
    const json = synth((stack) => new ConfigVolume(stack, "Config", { image: shopImage(), files: { a: "1" } }), {
      provider: "kreuzwerker",
    });
    expect(Object.keys(resources(json, "docker_volume"))).toEqual(["Config/Volume"]);
    expect(json).not.toHaveProperty("removed");
  });

  it("takes a directory of this machine", () => {
    inFolder((folder) => {
      mkdirSync(join(folder, "sub"));
      writeFileSync(join(folder, "sub", "b.txt"), "b");
      writeFileSync(join(folder, "a.txt"), "a");
      expect(Object.entries(ConfigVolume.files(folder)).map(([path, bytes]) => [path, Buffer.from(bytes).toString()])).toEqual([
        ["a.txt", "a"],
        ["sub/b.txt", "b"],
      ]);
    });
  });

  it("fails for a directory that is missing", () => {
    expect(() => ConfigVolume.files("no/such")).toThrow(
      new Error('DIRECTORY: directory must exist, got "no/such"; make it, or name another'),
    );
  });

  it.each(["/etc/passwd", "../a", "a/../b", "a//b", "", ".", "a\0"])("fails for the path %j", (path) => {
    expect(fails({ [path]: "" })).toThrow(
      new Error(`CONFIG_FILE: path must stay in the volume, got ${JSON.stringify(path)}; use "app.conf" (at dev/Config)`),
    );
  });

  it("fails for content that no encoding holds", () => {
    const files = { "a.conf": "\ud800" };
    expect(() => inStack((stack) => new ConfigVolume(stack, "Config", { image: shopImage(), files }))).toThrow(
      new Error(
        "CONFIG_FILE: content of a.conf must be whole Unicode characters, got half of a surrogate pair; give bytes (at dev/Config)",
      ),
    );
  });

  it("fails for nothing and for too much", () => {
    expect(fails({})).toThrow(new Error("CONFIG_FILE: files must name at least one, got none; leave the volume out (at dev/Config)"));
    expect(fails({ a: "x".repeat(1024 * 1024), b: "x" })).toThrow(
      new Error("CONFIG_FILE: files must be at most 1 MiB in all, got 1048577 bytes; put them into an image (at dev/Config)"),
    );
  });
});
