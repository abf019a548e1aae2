import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { check } from "../../cli/commands/check";
import { Environments } from "../../config";
import { Guestbook } from "../../stacks/guestbook";
import type { Report } from "../../policies/finding";

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** What `tiers check --format json` says about the guestbook with these settings, by environment. */
function reports(env: Readonly<Record<string, string>> = {}): Readonly<Record<string, Report>> {
  const folder = mkdtempSync(join(tmpdir(), "docker-tiers-guestbook-"));
  folders.push(folder);
  const app = new App({ outdir: join(folder, "cdktf.out") });
  for (const environment of Environments.load({ directory: folder, env })) new Guestbook(app, environment.name, { environment });
  app.synth();
  const printed: string[] = [];
  const output = { line: (text: string) => void printed.push(text) };
  const files = ["dev", "staging", "prod"].map((name) => join(folder, "cdktf.out", "stacks", name, "cdk.tf.json"));
  for (const file of files) check({ output, directory: folder, synthesised: "cdktf.out" }, file, { format: "json" });
  const stacks = printed.flatMap((text) => (JSON.parse(text) as { stacks: Report[] }).stacks);
  return Object.fromEntries(stacks.map((report) => [report.stack, report]));
}

const needed = (report: Report | undefined): string[] =>
  (report?.exceptions ?? []).filter(({ findings }) => findings > 0).map(({ rule, on }) => `${rule} ${on}`);

describe("the guestbook", () => {
  it("keeps every rule in every environment, with two exceptions in prod", () => {
    const found = reports();

    expect(Object.values(found).map(({ stack, containers, findings }) => [stack, containers, findings])).toEqual([
      ["dev", 13, []],
      ["staging", 13, []],
      ["prod", 14, []],
    ]);
    expect(needed(found["prod"])).toEqual(["CIS-5.15 prod", "CIS-5.8 prod/Web"]);
    expect(needed(found["dev"])).toEqual(["CIS-5.15 dev"]);
  });

  it("needs a third exception on the public provider, which has no cap of processes", () => {
    expect(needed(reports({ PROD_PROVIDER: "kreuzwerker" })["prod"])).toEqual(["CIS-5.15 prod", "CIS-5.29 prod", "CIS-5.8 prod/Web"]);
  });

  it("fails where a setting breaks a rule", () => {
    expect(() => reports({ PROD_WEB_BIND_ADDRESS: "0.0.0.0", PROD_HOST_MEMORY_MIB: "1024" })).toThrow(
      new Error("CHECK: what is declared must keep the rules, got 2 errors; docs/policies.md says why and how to mend them"),
    );
  });
});
