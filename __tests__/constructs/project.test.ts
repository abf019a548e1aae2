import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BridgeNetwork, LogDriver, setStackDefaults } from "../../constructs";
import { projectName } from "../../constructs/project";
import { inFolder, inStack } from "./synth";

const log = LogDriver.jsonFile();

/** Calls back in a folder `program` of one whose package.json is this. */
function inProgram<T>(manifest: object, use: () => T): T {
  const before = process.cwd();
  return inFolder((folder) => {
    mkdirSync(join(folder, "program"));
    writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
    process.chdir(join(folder, "program"));
    try {
      return use();
    } finally {
      process.chdir(before);
    }
  });
}

describe("the project of a stack", () => {
  it("is the name in the nearest package.json that has one", () => {
    expect(inProgram({ name: "@team/shop" }, () => inStack(projectName))).toBe("@team/shop");
    const inner = inProgram({ name: "shop" }, () => {
      writeFileSync("package.json", JSON.stringify({ type: "module" }));
      return inStack(projectName);
    });
    expect(inner).toBe("shop");
  });

  it("is what the stack is told instead", () => {
    const told = inStack((stack) => {
      setStackDefaults(stack, { log, project: "shop" });
      return projectName(stack);
    });
    expect(told).toBe("shop");
  });

  it("fails where nothing names it", () => {
    expect(() => inProgram({ version: "1.0.0" }, () => inStack(projectName))).toThrow(
      'PROJECT: the project must have a name, got no package.json with one; give package.json a "name", or set project in setStackDefaults (at dev)',
    );
  });

  it("fails for a package.json that is not JSON, with the file", () => {
    const broken = (): unknown =>
      inProgram({ name: "shop" }, () => {
        writeFileSync("package.json", '{"name": "shop",}');
        return inStack(projectName);
      });
    expect(broken).toThrow(
      /^PROJECT: \/.*\/program\/package\.json must be JSON, got Expected double-quoted property name in JSON at position 16.*; mend it, or set project in setStackDefaults \(at dev\)$/,
    );
  });

  it("fails for a name that is none", () => {
    const told = (): unknown =>
      inStack((stack) => {
        setStackDefaults(stack, { log, project: "my ${shop}" });
        return projectName(stack);
      });
    expect(told).toThrow('PROJECT: project must be like a name of npm, got "my ${shop}"; use "shop" (at dev)');
  });

  it("fails when it changes after the first construct", () => {
    const told = (): unknown =>
      inStack((stack) => {
        new BridgeNetwork(stack, "Edge");
        setStackDefaults(stack, { log, project: "shop" });
        return projectName(stack);
      });
    expect(told).toThrow(
      "PROJECT: a stack must have one project, got docker-tiers and then shop; call setStackDefaults before the first construct (at dev)",
    );
  });
});
