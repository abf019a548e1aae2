import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../constructs";
import { Clone, ENVIRONMENTS, PROVIDERS } from "./clone";
import { golden, writeGolden } from "./golden";
import { address, container, reachable, resources, type TerraformJson } from "../constructs/synth";

const cases = PROVIDERS.flatMap((provider) => ENVIRONMENTS.map((environment) => [environment, provider] as const));
const outputs = new Map<string, readonly string[]>();
let clones: readonly Clone[] = [];

beforeAll(() => {
  clones = [new Clone(), new Clone()];
  // The embedded provider comes last: Terraform runs in what it leaves.
  for (const provider of [...PROVIDERS].reverse()) {
    for (const clone of clones) clone.synth(provider);
    for (const environment of ENVIRONMENTS) {
      const texts = clones.map((clone) => clone.read(environment));
      outputs.set(`${environment}.${provider}`, texts);
      if (process.env["GOLDEN"] === "write") writeGolden(environment, provider, texts[0] ?? "");
    }
  }
}, 120_000);

afterAll(() => clones.forEach((clone) => clone.remove()));

const output = (environment: string, provider: string): readonly string[] => outputs.get(`${environment}.${provider}`) ?? [];

describe.each(cases)("the guestbook in %s on the %s provider", (environment, provider) => {
  it("is what was recorded (npm run golden records it anew)", () => {
    const [text] = output(environment, provider);
    expect(JSON.parse(String(text))).toEqual(JSON.parse(golden(environment, provider)));
    expect(text).toBe(golden(environment, provider));
  });

  it("is the same to the byte from two clones in different folders", () => {
    const [one, other] = output(environment, provider);
    expect(one).toBe(other);
  });

  it("holds no path of this machine", () => {
    const [text] = output(environment, provider);
    for (const { folder } of clones) expect(text).not.toContain(folder);
    expect(text).not.toContain(packageRoot());
  });
});

describe("the guestbook on either provider", () => {
  const names = (environment: string, provider: string, type: string): unknown[] => {
    const { resource } = JSON.parse(golden(environment, provider)) as { resource: Record<string, Record<string, Record<string, unknown>>> };
    return Object.values(resource[type] ?? {}).map(({ name, labels }) => ({ name, labels }));
  };

  it.each(ENVIRONMENTS)("has the same names, labels and hashes in %s, so that a switch replaces nothing", (environment) => {
    for (const type of ["docker_container", "docker_network"])
      expect(names(environment, "kreuzwerker", type)).toEqual(names(environment, "embedded", type));
  });

  it.each(ENVIRONMENTS)("limits processes in %s on the embedded provider alone", (environment) => {
    expect(golden(environment, "kreuzwerker")).not.toContain("pids_limit");
    expect(golden(environment, "embedded")).toContain("pids_limit");
  });
});

describe.each(cases)("what the guestbook in %s on the %s provider runs", (environment, provider) => {
  const json = JSON.parse(golden(environment, provider)) as TerraformJson;
  const containers = Object.keys(resources(json, "docker_container"));

  it("leads from no replica to a server", () => {
    const replicas = containers.filter((path) => path.startsWith("Guestbook/Replica"));
    expect(replicas.length).toBeGreaterThanOrEqual(2);
    for (const replica of replicas) {
      const needed = reachable(json, address(json, "docker_container", replica));
      for (const server of ["Database/Resource", "Cache/Resource"]) expect(needed).not.toContain(address(json, "docker_container", server));
    }
  });

  it("is told of passwords by the paths of files alone", () => {
    const variables = containers.flatMap((path) => container(json, path)["env"] as string[]);
    const passwords = variables.filter((variable) => /pass|secret|token/i.test(variable));
    expect(passwords).not.toEqual([]);
    for (const variable of passwords) expect(variable).toMatch(/^\w+_FILE=\/run\/secrets\/[\w/-]+$/);
  });

  it("publishes nothing but the web tier, and only there has a network that is not internal", () => {
    expect(containers.filter((path) => (container(json, path)["ports"] as unknown[]).length > 0)).toEqual(["Web/Resource"]);
    const open = Object.entries(resources(json, "docker_network")).filter(([, { internal }]) => internal !== true);
    expect(open.map(([path]) => path)).toEqual(["Web/Front/Resource"]);
  });

  it("is capped, unprivileged and read-only, loaders aside, which never start", () => {
    for (const path of containers) {
      const attributes = container(json, path);
      expect(attributes).toMatchObject({ security_opts: ["no-new-privileges:true"], capabilities: [{ drop: ["ALL"] }] });
      expect(attributes["memory_swap"]).toBe(attributes["memory"]);
      expect(attributes["read_only"]).toBe(attributes["start"] !== false);
    }
  });
});

describe("the embedded provider, as linked by a synth", () => {
  const terraform = (directory: string, ...args: string[]): string =>
    execFileSync("terraform", args, { cwd: directory, encoding: "utf8", stdio: "pipe" });

  it.each(ENVIRONMENTS)(
    "lets terraform find it and validate %s without configuration and registry",
    (environment) => {
      const [clone] = clones;
      if (clone === undefined) throw new Error("a clone must be there");
      const directory = clone.directory(environment);
      terraform(directory, "init", "-no-color", "-lockfile=readonly");
      expect(JSON.parse(terraform(directory, "validate", "-json"))).toMatchObject({ valid: true, error_count: 0, warning_count: 0 });
    },
    60_000,
  );

  it("comes with the recipes of the images that have to be built", () => {
    const directory = join(clones[0]?.directory("dev") ?? "", "images");
    expect(existsSync(directory)).toBe(true);
    expect(readdirSync(directory).map((file) => file.split("-")[0])).toEqual(["mysql", "nginx", "node", "redis"]);
  });
});
