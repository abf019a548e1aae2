import { mkdirSync } from "node:fs";
import { join } from "node:path";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { rules } from "../../policies/registry";
import plan from "../fixtures/policies/plan.json";
import { version } from "../../package.json";
import { folder, hash, run, synthesised, write, type Outcome } from "./checked-project";

const validate = addFormats(new Ajv({ strict: false, unicodeRegExp: false })).compile(schema);

/** What the schema of SARIF 2.1.0 has against a log. */
function schemaFaults(log: unknown): unknown {
  return validate(log) ? [] : validate.errors;
}

const parsed = ({ printed }: Outcome): unknown => JSON.parse(printed);
const WRITABLE =
  "CIS-5.13: root file system must be read-only, got read_only = false; leave readOnlyRoot out, and give tmpfs or mounts for what is written (at prod/Shop/Resource)";
const ALLOWED = { rule: "CIS-5.13", on: "prod/Shop", because: "it writes", optional: false };
const FAILED = "CHECK: what is declared must keep the rules, got 1 error; docs/policies.md says why and how to mend them";

describe("tiers check", () => {
  it("is green for a stack that keeps the rules", () => {
    synthesised("prod");

    expect(run("prod")).toEqual({ printed: `prod: 1 container, ${rules.length} rules: 0 errors, 0 warnings` });
  });

  it("fails for one that does not, with the sentence of the rule", () => {
    synthesised("prod", { read_only: false });

    expect(run("prod")).toEqual({
      printed: `prod: 1 container, ${rules.length} rules: 1 error, 0 warnings\nerror    ${WRITABLE}`,
      failure: ["failed", FAILED],
    });
  });

  it("tells what is allowed, and why", () => {
    synthesised("prod", { read_only: false }, { exceptions: [ALLOWED] });

    expect(run("prod")).toEqual({
      printed: `prod: 1 container, ${rules.length} rules: 0 errors, 0 warnings, 1 allowed\nallowed  CIS-5.13 on prod/Shop, 1 time: it writes`,
    });
  });

  it("warns in dev, judges by the environment's severities, and as strictly as it is told", () => {
    synthesised("dev", { read_only: false }, { severities: { "CIS-5.11": "off" } });

    expect(run("dev").printed).toContain("0 errors, 1 warning\nwarning  CIS-5.13:");
    expect(run("dev", { as: "prod" }).failure).toEqual(["failed", FAILED]);
    synthesised("dev", { memory: 0 }, { severities: { "CIS-5.11": "off" } });
    expect(run("dev", { as: "prod" }).failure).toBeUndefined();
  });

  it("judges all environments when none is named", () => {
    synthesised("prod", { memory: 2048 }, { hostMemoryMiB: 1024 });
    synthesised("dev");

    expect(run().printed).toBe(
      [
        `dev: 1 container, ${rules.length} rules: 0 errors, 0 warnings\n`,
        `prod: 1 container, ${rules.length} rules: 1 error, 0 warnings`,
        "error    TIERS-HOST-MEMORY: caps of all containers that stay must fit into the host's memory, got 2048 MiB of HOST_MEMORY_MIB = 1024; lower memoryMiB or replicas, or raise HOST_MEMORY_MIB (at prod)",
      ].join("\n"),
    );
  });

  it("prints JSON with every finding and every exception", () => {
    synthesised("prod", { read_only: false, memory: 0 }, { exceptions: [ALLOWED] });

    const outcome = run("prod", { format: "json" });
    expect(outcome.failure).toEqual(["failed", FAILED]);
    expect(parsed(outcome)).toMatchObject({
      version: 1,
      errors: 1,
      stacks: [
        {
          stack: "prod",
          containers: 1,
          errors: 1,
          warnings: 0,
          findings: [{ rule: "CIS-5.11", severity: "error", path: "prod/Shop/Resource", address: "docker_container.Shop" }],
          allowed: [{ rule: "CIS-5.13", message: WRITABLE, exception: ALLOWED }],
          exceptions: [{ ...ALLOWED, findings: 1 }],
        },
      ],
    });
  });

  it("prints SARIF that its schema accepts, with what is allowed as suppressed", () => {
    synthesised("prod", { read_only: false, memory: 0 }, { exceptions: [ALLOWED] });

    const log = parsed(run("prod", { format: "sarif" }));
    expect(schemaFaults(log)).toEqual([]);
    expect(log).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "docker-tiers", version, rules: rules.map(({ id }) => ({ id })) } },
          results: [
            { ruleId: "CIS-5.11", ruleIndex: rules.findIndex(({ id }) => id === "CIS-5.11"), level: "error" },
            {
              ruleId: "CIS-5.13",
              message: { text: WRITABLE },
              suppressions: [{ kind: "inSource", justification: "it writes" }],
              locations: [
                {
                  physicalLocation: { artifactLocation: { uri: "cdktf.out/stacks/prod/cdk.tf.json" } },
                  logicalLocations: [{ fullyQualifiedName: "prod/Shop/Resource" }, { fullyQualifiedName: "docker_container.Shop" }],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it("prints SARIF that its schema accepts for nothing, and for a plan", () => {
    synthesised("prod");
    write("plan.json", plan);

    expect(schemaFaults(parsed(run("prod", { format: "sarif" })))).toEqual([]);
    expect(schemaFaults(parsed(run("plan.json", { format: "sarif" })))).toEqual([]);
    expect(schemaFaults({ version: "2.1.0", runs: [{}] })).toMatchObject([{ message: "must have required property 'tool'" }]);
  });
});

describe("tiers check of a file", () => {
  it("judges a configuration of another program as strictly as in prod", () => {
    write("infra/main.tf.json", { resource: { docker_container: { web: { name: "web", image: "nginx" } } } });
    const { printed, failure } = run("infra/main.tf.json");

    expect(printed).toContain(
      "error    TIERS-VERSION: image must be one exact version, got nginx; name a version such as nginx:1.30.6 (at docker_container.web)",
    );
    expect(failure?.[0]).toBe("failed");
  });

  it("judges a plan", () => {
    write("plan.json", plan);

    expect(run("plan.json").printed).toMatch(/^plan\.json: 5 containers, \d+ rules: 5\d errors, 1 warning\n/);
    expect(run(join(folder, "plan.json")).failure?.[0]).toBe("failed");
  });

  it("judges a configuration of a program by what it says, though it has changed since", () => {
    synthesised("prod", { read_only: false }, { exceptions: [ALLOWED] });
    write("main.ts", "new App({})");

    expect(run("cdktf.out/stacks/prod/cdk.tf.json").printed).toContain("allowed  CIS-5.13");
  });

  it.each([
    ["package.json", { name: "shop" }, "something else; make it by: terraform show -json PLAN > plan.json"],
    ["README.md", "# Shop", "text that is no JSON"],
  ])("fails for %s", (name, content, got) => {
    write(name, content);
    expect(run(name)).toEqual({ printed: "", failure: ["usage", `CHECK_TARGET: ${name} must be Terraform JSON, got ${got}`] });
  });

  it("fails for a plan that failed", () => {
    write("plan.json", { ...plan, errored: true });
    expect(run("plan.json").failure).toEqual([
      "environment",
      "CHECK_TARGET: plan.json must be a whole plan, got one that failed; mend what terraform plan says first",
    ]);
  });

  it("fails for one that is not there", () => {
    expect(run("plan.json").failure).toEqual([
      "usage",
      'CHECK_TARGET: target must be an environment or a file of Terraform JSON, got "plan.json", which is not there',
    ]);
  });
});

describe("tiers check of what was synthesised", () => {
  it("fails for an unknown environment", () => {
    synthesised("prod");
    synthesised("dev");
    expect(run("qa").failure).toEqual(["usage", 'UNKNOWN_ENVIRONMENT: environment must be one of dev, prod, got "qa"']);
  });

  it("fails when nothing was", () => {
    expect(run("prod").failure).toEqual([
      "environment",
      `NOT_SYNTHESISED: ${join(folder, "cdktf.out")} must hold the synthesised stacks, got none; run: npx cdktf synth`,
    ]);
  });

  it.each([
    ["a changed module", "main.ts", "new App({})", "main.ts"],
    ["a new file of settings", ".env.prod", "WEB_PORT=81", ".env.prod"],
  ])("fails for %s", (_, file, content, named) => {
    synthesised("prod");
    write(file, content);

    expect(run("prod")).toEqual({
      printed: "",
      failure: [
        "environment",
        `STALE: cdktf.out/stacks/prod must be made by the program as it is, got a change of ${named} since; run: npx cdktf synth`,
      ],
    });
  });

  it("fails for several changes, and for a module that is gone", () => {
    synthesised("prod", {}, { program: { "a.ts": hash(""), "b.ts": hash(""), "main.ts": hash("new App()") } });

    expect(run("prod").failure?.[1]).toBe(
      "STALE: cdktf.out/stacks/prod must be made by the program as it is, got a change of a.ts and 1 more since; run: npx cdktf synth",
    );
  });

  it("does not mind the settings of another environment", () => {
    synthesised("prod");
    write(".env.dev", "WEB_PORT=81");

    expect(run("prod").failure).toBeUndefined();
  });

  it("fails for a stack that is half there", () => {
    mkdirSync(join(folder, "cdktf.out/stacks/prod"), { recursive: true });

    expect(run("prod").failure).toEqual([
      "environment",
      "NOT_SYNTHESISED: cdktf.out/stacks/prod/cdk.tf.json must be readable, got nothing; run: npx cdktf synth",
    ]);
  });

  it("takes a record that cannot be read for none", () => {
    synthesised("prod", { read_only: false }, { exceptions: [{ rule: "CIS-5.13" }] });

    expect(run("prod").printed).toContain("1 error");
  });
});
