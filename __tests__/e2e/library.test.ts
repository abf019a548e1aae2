import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output } from "./command";
import { Docker } from "./docker";
import { poll } from "./poll";
import { Project, REPOSITORY } from "./project";
import { Site } from "./site";

const STACK = "e2e-library";
const SHOP = new Site("http://127.0.0.1:18085");
const OFFICE = new Site("http://127.0.0.1:18086");

/** What somebody writes who knows the package only by its name: a stack of their own, without a base class or an environment of ours. */
const PROGRAM = readFileSync(join(__dirname, "fixtures", "library-program.txt"), "utf8");

const STRICT = {
  compilerOptions: {
    target: "ES2023",
    module: "Node16",
    moduleResolution: "Node16",
    types: ["node"],
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noPropertyAccessFromIndexSignature: true,
    skipLibCheck: false,
  },
  files: ["main.ts"],
};

const docker = new Docker();
const parent = mkdtempSync(join(tmpdir(), "docker-tiers-library-"));
let project: Project;

beforeAll(async () => {
  await docker.purge(STACK);
  // Outside of the repository: nothing but what was installed can be found.
  project = Project.create(PROGRAM, parent);
  await install();
});

afterAll(async () => {
  await docker.purge(STACK);
  rmSync(parent, { recursive: true, force: true });
});

/** Packs the repository and installs the tarball, as a registry would hand it out, into a project that has nothing else. */
async function install(): Promise<void> {
  const [tarball = ""] = (
    await output("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", parent], { cwd: REPOSITORY })
  ).split("\n");
  project.write(
    "package.json",
    JSON.stringify({ name: "shop", private: true, dependencies: { "docker-tiers": `file:${join(parent, tarball)}` } }),
  );
  project.write("tsconfig.json", JSON.stringify(STRICT));
  project.write("cdktf.json", JSON.stringify({ language: "typescript", app: "node main.js", sendCrashReports: "false" }));
  await expectDone("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline"]);
  await expectDone("npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefer-offline", "--save-dev", "@types/node@20"]);
}

async function expectDone(file: string, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await project.run(file, args, { timeoutSeconds: 240 });
  expect({ code, printed: code === 0 ? "" : `${stdout}${stderr}` }).toEqual({ code: 0, printed: "" });
  return stdout;
}

/** The answer of a tier: its greeting, and whether the database's name and password are there. */
async function greeting(site: Site): Promise<unknown> {
  await poll(`${site.origin} answers`, 60, async () => ((await site.get("/")).status === 200 ? true : undefined));
  return JSON.parse((await site.get("/")).text);
}

describe("the packed library, in an empty project", () => {
  it("compiles under strict types, its own declarations included", async () => {
    await expectDone(process.execPath, [join(REPOSITORY, "node_modules/typescript/bin/tsc"), "-p", "."]);
  });

  it("synthesises a stack of the project's own, and builds what images it wants", async () => {
    await expectDone(process.execPath, ["main.js"]);
    expect(JSON.parse(project.read(`cdktf.out/stacks/${STACK}/cdk.tf.json`))).toHaveProperty("resource.docker_container");
    await project.buildImages(STACK);
  });

  it("deploys two web tiers on one database, each service with its own access", async () => {
    await expectDone(join(REPOSITORY, "node_modules/.bin/cdktf"), ["deploy", STACK, "--auto-approve"]);
    expect(await greeting(SHOP)).toEqual({ greeting: "welcome", database: true });
    expect(await greeting(OFFICE)).toEqual({ greeting: "good morning", database: true });
  });

  it("applies an override by the escape hatch", async () => {
    const { Id } = await docker.container(STACK, "shop-web");
    expect(await docker.run(["inspect", "--format", "{{.Config.Domainname}}", Id])).toBe("company.example");
  });

  it("reports no changes then", async () => {
    await expectDone("terraform", [`-chdir=cdktf.out/stacks/${STACK}`, "plan", "-input=false", "-detailed-exitcode"]);
  });
});
