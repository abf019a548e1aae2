import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ContainerImage, type BuildOptions } from "../../../constructs";
import { inFolder, inStack, resources, synth, type Attributes } from "../synth";

const DOCKERFILE = "FROM scratch AS Base\nCOPY . /\nFROM base\n";

const inApp = <T>(use: (app: string) => T): T =>
  inFolder((folder) => {
    const app = join(folder, "app");
    mkdirSync(app);
    writeFileSync(join(app, "Dockerfile"), DOCKERFILE);
    return use(app);
  });

const bind = (options: Partial<BuildOptions>) => () =>
  inApp((app) => inStack((stack) => ContainerImage.fromBuild(app, { name: "shop", ...options }).bind(stack)));

const built = (options: Partial<BuildOptions>): Attributes =>
  inApp((app) => {
    const json = synth((stack) => ContainerImage.fromBuild(app, { name: "shop", ...options }).bind(stack));
    return Object.values(resources(json, "docker_image"))[0]?.["build"] as Attributes;
  });

describe("the options of a build", () => {
  it("reach the builder, texts as they were written", () => {
    const options = { buildArgs: { PATTERN: "${x}" }, labels: { team: "a %{b}" }, target: "base", platform: "linux/arm64/v8" };
    expect(built(options)).toMatchObject({
      build_args: { PATTERN: "$${x}" },
      labels: { team: "a %%{b}" },
      target: "base",
      platform: "linux/arm64/v8",
    });
  });

  it("take a stage by its name in any case, or by its number", () => {
    for (const target of ["base", "BASE", "0", "1"]) expect(bind({ target })).not.toThrow();
  });

  it("make another image of another label", () => {
    inApp((app) => {
      const tagOf = (labels?: Record<string, string>) =>
        ContainerImage.fromBuild(app, { name: "shop", ...(labels === undefined ? {} : { labels }) }).reference;
      expect(tagOf({ team: "a" })).not.toBe(tagOf());
      expect(tagOf({ team: "a" })).not.toBe(tagOf({ team: "b" }));
    });
  });

  it.each<[string, Partial<BuildOptions>, string]>([
    ["a name with a tag", { name: "shop:1" }, 'BUILD_NAME: name of a build must be a repository without a tag, got "shop:1"; use "shop"'],
    [
      "an argument that is no variable",
      { buildArgs: { "A-B": "1" } },
      'BUILD_ARGUMENT: name of a build argument must be that of a variable, got "A-B"; use "BASE"',
    ],
    ["an argument with a NUL byte", { buildArgs: { A: "\0" } }, "TEXT: build argument A must not hold a NUL byte; remove it"],
    [
      "a label without a name",
      { labels: { "": "1" } },
      'BUILD_LABEL: label of a build must have a name without spaces, got ""; use "team"',
    ],
    ["a label with a NUL byte", { labels: { team: "\0" } }, 'TEXT: label "team" must not hold a NUL byte; remove it'],
    [
      "an architecture alone",
      { platform: "arm64" },
      'BUILD_PLATFORM: platform must be SYSTEM/ARCHITECTURE, got "arm64"; use "linux/amd64" or "linux/arm64"',
    ],
    [
      "a stage that is not there",
      { target: "test" },
      'BUILD_TARGET: target must be a stage of the Dockerfile, got "test"; use one of base, 0, 1',
    ],
  ])("fail for %s", (_, options, message) => {
    expect(bind(options)).toThrow(new Error(`${message} (at dev)`));
  });
});
