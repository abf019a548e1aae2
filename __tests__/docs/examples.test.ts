import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import ts from "typescript";
import * as library from "../../index";
import { packageRoot } from "../../constructs";
import { inFolder } from "../constructs/synth";
import { codeBlocks, moduleOf, nounPages } from "./code-blocks";

const blocks = codeBlocks();
const cases = blocks.map((block) => [block.place, block] as const);

/** What the compiler says about modules, by file name; they see the library under its name, as a user's program does. */
function diagnostics(modules: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "docker-tiers-docs-"));
  try {
    symlinkSync(join(packageRoot(), "node_modules"), join(folder, "node_modules"));
    const files = modules.map((text, index) => {
      const file = join(folder, `${String(index)}.ts`);
      writeFileSync(file, text);
      return file;
    });
    const { config } = ts.readConfigFile(join(packageRoot(), "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
      config: { compilerOptions: object };
    };
    const paths = { "docker-tiers": [join(packageRoot(), "index.ts")] };
    const { options } = ts.convertCompilerOptionsFromJson(
      { ...config.compilerOptions, rootDir: "/", paths, noUnusedLocals: false, noUnusedParameters: false },
      packageRoot(),
    );
    return ts
      .getPreEmitDiagnostics(ts.createProgram(files, options))
      .map(({ file, messageText }) => `${String(file?.fileName)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Example = new (scope: Construct, id: string, props: { environment: library.Environment }) => TerraformStack;

/** The stack class that a module exports, with the library under its name. */
function load(text: string): Example {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported: Record<string, Example> = {};
  const packages = createRequire(__filename);
  const find = (name: string): unknown => (name === "docker-tiers" ? library : (packages(name) as unknown));
  const run = compileFunction(outputText, ["exports", "require"]) as (exports: object, require: (name: string) => unknown) => void;
  run(exported, find);
  const [example] = Object.values(exported);
  if (example === undefined) throw new Error("a module must export its stack");
  return example;
}

describe("the examples of README and docs", () => {
  it.each(nounPages())("are there for %s", (page) => {
    expect(blocks.map(({ place }) => place.replace(/:\d+$/, ""))).toContain(page);
  });

  it("compile under the strict settings of this project", () => {
    expect(diagnostics(blocks.map(moduleOf))).toEqual([]);
  }, 120_000);

  it.each(cases)("%s can be synthesised", (_place, block) => {
    inFolder((folder) => {
      const [environment] = library.Environments.load({ directory: folder, env: { DEV_PROVIDER: "kreuzwerker" }, names: ["dev"] });
      if (environment === undefined) throw new Error("an environment must be there");
      writeFileSync(join(folder, "package.json"), '{"name":"shop"}');
      for (const path of ["app", "site"]) mkdirSync(join(folder, path));
      writeFileSync(join(folder, "app", "Dockerfile"), "FROM scratch\n");
      writeFileSync(join(folder, "site", "index.html"), "<h1>hello</h1>\n");
      const app = new App({ outdir: join(folder, "cdktf.out") });
      const before = process.cwd();
      process.chdir(folder);
      try {
        new (load(moduleOf(block)))(app, "dev", { environment });
        app.synth();
        const stacks = app.node.findAll().filter((node) => TerraformStack.isStack(node));
        expect(stacks.flatMap((stack) => Object.keys(stack.toTerraform() as object))).toContain("resource");
      } finally {
        process.chdir(before);
      }
    });
  });
});
