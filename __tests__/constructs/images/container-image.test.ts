import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nginxRecipe, nodeRecipe, type PackageRecipe } from "../../../index";
import { ContainerImage, imageOf } from "../../../constructs";
import { imageName } from "../../../images/recipe";
import { inFolder, inStack, resources, shopImage, synth, type TerraformJson } from "../synth";

const only = (json: TerraformJson) => Object.values(resources(json, "docker_image"));

/** A folder with a Dockerfile and one source, handed to `use`. */
const context = <T>(use: (folder: string) => T): T =>
  inFolder((folder) => {
    writeFileSync(join(folder, "Dockerfile"), "FROM scratch\nCOPY . /\n");
    writeFileSync(join(folder, "app.js"), "1");
    return use(folder);
  });

const tag = (image: ContainerImage): string => image.reference.split(":")[1] ?? "";

describe("ContainerImage.fromRegistry", () => {
  it("is pulled by exact version and stays on the host", () => {
    expect(only(synth((stack) => shopImage().bind(stack)))).toMatchInlineSnapshot(`
      [
        {
          "keep_locally": true,
          "name": "registry.example/shop:1.4.2",
        },
      ]
    `);
  });

  it("is one resource in a stack, however often it is used", () => {
    const json = synth((stack) => {
      shopImage().bind(stack);
      shopImage().bind(stack);
      ContainerImage.fromRegistry("registry.example/shop:1.4.3").bind(stack);
    });
    expect(only(json).map(({ name }) => name)).toEqual(["registry.example/shop:1.4.2", "registry.example/shop:1.4.3"]);
  });

  it("is addressed by its repository, also behind a registry with a port", () => {
    const json = synth((stack) => ContainerImage.fromRegistry("localhost:5000/tools/shop:1").bind(stack));
    expect(Object.keys(resources(json, "docker_image"))).toEqual([expect.stringMatching(/^Image-shop-[0-9a-f]{8}$/)]);
  });

  it("fails where it is used for a reference that may be anything", () => {
    expect(() => inStack((stack) => ContainerImage.fromRegistry("nginx").bind(stack))).toThrow(
      new Error('IMAGE_REFERENCE: image must have an exact tag or a digest, got "nginx"; use "nginx:1.2.3" (at dev)'),
    );
    expect(() => inStack((stack) => ContainerImage.fromRegistry("nginx:latest").bind(stack))).toThrow(
      new Error('IMAGE_REFERENCE: image must not be whatever is latest, got "nginx:latest"; use "nginx:1.2.3" (at dev)'),
    );
  });
});

describe("ContainerImage.fromPackages", () => {
  it("is read from the host by its name, never pulled or deleted", () => {
    const json = synth((stack) => ContainerImage.fromPackages(nginxRecipe).bind(stack));
    expect(Object.values(json.data?.["docker_image"] ?? {})).toMatchObject([{ name: imageName(nginxRecipe) }]);
    expect(json.resource).toBeUndefined();
  });

  it("takes a recipe of your own, by its packages and its command", () => {
    const json = synth((stack) => ContainerImage.fromPackages({ packages: ["memcached"], config: { cmd: ["memcached"] } }).bind(stack));
    expect(Object.values(json.data?.["docker_image"] ?? {})).toMatchObject([
      { name: expect.stringMatching(/^localhost\/docker-tiers\/memcached:trixie-[0-9a-f]{12}$/) as unknown },
    ]);
  });

  it("fails where it is used for a recipe that cannot be built", () => {
    const bind = () => inStack((stack) => ContainerImage.fromPackages({ packages: [], name: "x", config: { cmd: ["x"] } }).bind(stack));
    expect(bind).toThrow(
      new Error(
        "RECIPE: recipe must be one that can be built, got packages: Too small: expected array to have >=1 items; correct it (at dev)",
      ),
    );
  });

  it("has another name for another recipe", () => {
    const changed: PackageRecipe = { ...nginxRecipe, packages: [...nginxRecipe.packages, "brotli"] };
    expect(ContainerImage.fromPackages(changed).reference).not.toBe(ContainerImage.fromPackages(nginxRecipe).reference);
  });
});

describe("ContainerImage.fromBuild", () => {
  it("is built on the host from an asset, under a tag that is a hash of its content", () => {
    const [image] = context((folder) => only(synth((stack) => ContainerImage.fromBuild(folder, { name: "shop" }).bind(stack))));
    const build = image?.["build"] as { context: string };
    expect(image).toMatchObject({
      name: expect.stringMatching(/^localhost\/docker-tiers\/shop:[0-9a-f]{12}$/) as unknown,
      keep_locally: true,
    });
    expect(build).toMatchObject({ dockerfile: "Dockerfile" });
    expect(build.context).toMatch(/^assets\/Image-shop-[0-9a-f]{8}-context\/[0-9a-f]{32}$/);
  });

  it("has another tag for another file, mode, argument, stage and platform, and the same for the same", () => {
    context((folder) => {
      const tagOf = (options: object = {}) => tag(ContainerImage.fromBuild(folder, { name: "shop", ...options }));
      const before = tagOf();
      expect(tagOf()).toBe(before);
      expect(tagOf({ buildArgs: { A: "1" } })).not.toBe(before);
      expect(tagOf({ target: "test" })).not.toBe(before);
      expect(tagOf({ platform: "linux/arm64" })).not.toBe(before);
      chmodSync(join(folder, "app.js"), 0o755);
      const executable = tagOf();
      expect(executable).not.toBe(before);
      writeFileSync(join(folder, "app.js"), "2");
      expect(tagOf()).not.toBe(executable);
    });
  });

  it("has the same tag in whatever folder it lies", () => {
    const tags = [1, 2].map(() => context((folder) => tag(ContainerImage.fromBuild(folder, { name: "shop" }))));
    expect(tags[0]).toBe(tags[1]);
  });

  it("is built after the image that it stands on, and again when that one changes", () => {
    const json = context((folder) =>
      synth((stack) => {
        ContainerImage.fromBuild(folder, { name: "shop", buildArgs: { BASE: ContainerImage.fromPackages(nodeRecipe) } }).bind(stack);
      }),
    );
    expect(only(json)).toMatchObject([
      {
        build: { build_args: { BASE: imageName(nodeRecipe) } },
        triggers: { base0: expect.stringMatching(/^\$\{data\.docker_image\.Image-node-[0-9a-f]{8}\.id\}$/) as unknown },
      },
    ]);
  });

  it("fails where it is used for a directory without a Dockerfile", () => {
    inFolder((folder) => {
      mkdirSync(join(folder, "app"));
      const build = () => inStack((stack) => ContainerImage.fromBuild("no/such", { name: "shop" }).bind(stack));
      expect(build).toThrow(
        new Error(
          "BUILD_CONTEXT: build directory must hold a Dockerfile, got none at no/such/Dockerfile; write it, or run npm run build if that makes it (at dev)",
        ),
      );
    });
  });

  it("fails for what it stands on with that one's own message", () => {
    context((folder) => {
      const build = (base: ContainerImage) => () =>
        inStack((stack) => ContainerImage.fromBuild(folder, { name: "shop", buildArgs: { BASE: base } }).bind(stack));
      expect(build(ContainerImage.fromBuild(folder, { name: "base" }))).not.toThrow();
      expect(build(ContainerImage.fromBuild("no/such", { name: "base" }))).toThrow(
        new Error(
          "BUILD_CONTEXT: build directory must hold a Dockerfile, got none at no/such/Dockerfile; write it, or run npm run build if that makes it (at dev)",
        ),
      );
    });
  });
});

describe("imageOf", () => {
  it("is the recipe's image for `packages`, and a registry's for anything else", () => {
    expect(imageOf("packages", nginxRecipe).reference).toBe(imageName(nginxRecipe));
    expect(imageOf("nginx:1.30.6", nginxRecipe).reference).toBe("nginx:1.30.6");
  });
});
