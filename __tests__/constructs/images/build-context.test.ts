import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ContainerImage } from "../../../constructs";
import { inFolder, inStack, newStack, resources, written, type TerraformJson } from "../synth";

const build = (folder: string): ContainerImage => ContainerImage.fromBuild(join(folder, "app"), { name: "shop" });

/** A folder with an `app` that has a Dockerfile, a source, a secret and what the ignore file names. */
const inApp = <T>(use: (folder: string, app: string) => T): T =>
  inFolder((folder) => {
    const app = join(folder, "app");
    mkdirSync(join(app, "node_modules"), { recursive: true });
    writeFileSync(join(app, "Dockerfile"), "FROM scratch\nCOPY . /\n");
    writeFileSync(join(app, ".dockerignore"), "node_modules\n*.pem\n");
    for (const path of ["app.js", "key.pem", "node_modules/index.js"]) writeFileSync(join(app, path), path);
    return use(folder, app);
  });

/** The directory that is built from, as it was written. */
const assetOf = (folder: string): string => {
  const stack = newStack(folder);
  build(folder).bind(stack);
  const json = JSON.parse(written(folder, stack)) as TerraformJson;
  const [image] = Object.values(resources(json, "docker_image"));
  return join(folder, "cdktf.out", "stacks", "dev", (image?.["build"] as { context: string }).context);
};

describe("the directory of a build", () => {
  it("is written beside the stack without what is ignored", () => {
    inApp((folder) => {
      expect(readdirSync(assetOf(folder)).sort()).toEqual([".dockerignore", "Dockerfile", "app.js"]);
    });
  });

  it("does not count by what is ignored, and counts by all else", () => {
    inApp((folder, app) => {
      const { reference } = build(folder);
      writeFileSync(join(app, "key.pem"), "another");
      writeFileSync(join(app, "node_modules", "new.js"), "new");
      expect(build(folder).reference).toBe(reference);
      writeFileSync(join(app, "app.js"), "changed");
      const changed = build(folder).reference;
      expect(changed).not.toBe(reference);
      writeFileSync(join(app, ".dockerignore"), "*.pem\n");
      expect(build(folder).reference).not.toBe(changed);
    });
  });

  it("keeps links as links, modes and empty directories, and counts by them", () => {
    inApp((folder, app) => {
      const references = [build(folder).reference];
      symlinkSync("app.js", join(app, "link"));
      references.push(build(folder).reference);
      mkdirSync(join(app, "empty"));
      references.push(build(folder).reference);
      chmodSync(join(app, "app.js"), 0o755);
      references.push(build(folder).reference);
      expect(new Set(references).size).toBe(4);
      const asset = assetOf(folder);
      expect(readlinkSync(join(asset, "link"))).toBe("app.js");
      expect(statSync(join(asset, "empty")).isDirectory()).toBe(true);
      expect(statSync(join(asset, "app.js")).mode & 0o777).toBe(0o755);
    });
  });

  it("takes the place of what an earlier synth wrote", () => {
    inApp((folder, app) => {
      const before = assetOf(folder);
      writeFileSync(join(app, "app.js"), "changed");
      const after = assetOf(folder);
      expect(readFileSync(join(after, "app.js"), "utf8")).toBe("changed");
      expect(existsSync(before)).toBe(false);
    });
  });

  it("fails when what is ignored cannot be read", () => {
    inApp((folder, app) => {
      const bind = () => inStack((stack) => build(folder).bind(stack));
      expect(bind).not.toThrow();
      mkdirSync(join(app, "Dockerfile.dockerignore"));
      expect(bind).toThrow(
        "BUILD_CONTEXT: build directory must have files that can be read, got EISDIR: illegal operation on a directory, read; let this user read it, or name it in .dockerignore (at dev)",
      );
    });
  });
});
