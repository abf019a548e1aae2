import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Container as ContainerResource } from "@cdktf/provider-docker/lib/container";
import { Aspects } from "cdktf";
import type { IConstruct } from "constructs";
import { ContainerImage } from "../../constructs";
import { addPolicies, allow, type PolicyOptions } from "../../policies";
import { Project, shop } from "./project";

let project: Project;
beforeEach(() => (project = new Project()));
afterEach(() => project.remove());

/** What every stack of the public provider needs: it has no cap for processes. */
const RELAXED: PolicyOptions = { severities: { "CIS-5.15": "off", "CIS-5.29": "off" } };
const WRITABLE =
  "CIS-5.13: root file system must be read-only, got read_only = false; leave readOnlyRoot out, and give tmpfs or mounts for what is written (at prod/Shop/Replica1)";
const UNUSED =
  'TIERS-EXCEPTION: exception must be needed, got CIS-5.5 allowed because "it must", with nothing to allow; take the allow() out, or make it optional where only some environments need it (at prod/Shop)';

describe("a stack that keeps the rules", () => {
  it("is written as it would be without them, and says nothing", () => {
    const [judged, plain] = [project.stack("prod"), new Project()];
    const other = plain.stack("prod");
    addPolicies(judged, RELAXED);
    for (const stack of [judged, other]) shop(stack);
    project.app.synth();
    plain.app.synth();

    expect(project.read(judged)).toEqual(plain.read(other));
    expect(project.warnings(judged)).toEqual([]);
    plain.remove();
  });

  it("writes down how it was judged", () => {
    const stack = project.stack("prod");
    addPolicies(stack, { ...RELAXED, hostMemoryMiB: 1024, inputs: ["no-such-file"] });
    allow("CIS-5.13", { on: shop(stack, { readOnlyRoot: false }), because: "it writes" });
    project.app.synth();

    expect(project.read(stack, "policies.json")).toEqual({
      stack: "prod",
      profile: "prod",
      severities: { "CIS-5.15": "off", "CIS-5.29": "off" },
      exceptions: [{ rule: "CIS-5.13", on: "prod/Shop", because: "it writes", optional: false }],
      hostMemoryMiB: 1024,
      program: expect.objectContaining({
        "no-such-file": null,
        "package-lock.json": expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      }) as unknown,
    });
  });
});

describe("a stack that breaks a rule", () => {
  it("fails every plan in prod", () => {
    const stack = project.stack("prod");
    addPolicies(stack, RELAXED);
    shop(stack, { readOnlyRoot: false });
    project.app.synth();

    expect(project.read(stack)).toMatchObject({
      resource: {
        terraform_data: {
          Policies: {
            lifecycle: {
              precondition: [
                {
                  condition: '${terraform.workspace == ""}',
                  error_message: `POLICIES: prod: 1 rule is broken; nothing is applied; mend them, or allow("ID", { on: construct, because: "..." })\n  ${WRITABLE}`,
                },
              ],
            },
          },
        },
      },
    });
    expect(project.warnings(stack)).toEqual([]);
  });

  it("warns in dev, and leaves other stacks of the program alone", () => {
    const [dev, prod, plain] = [project.stack("dev"), project.stack("prod"), project.stack("plain")];
    addPolicies(dev, { ...RELAXED, profile: "dev" });
    addPolicies(prod, RELAXED);
    for (const stack of [dev, plain]) shop(stack, { readOnlyRoot: false });
    shop(prod);
    project.app.synth();

    expect(project.warnings(dev)).toEqual([`@cdktf/warn ${WRITABLE.replace("(at prod/", "(at dev/")}`]);
    for (const stack of [dev, prod, plain]) expect(project.read(stack)).not.toHaveProperty("resource.terraform_data");
    expect([prod, plain].flatMap((stack) => project.warnings(stack))).toEqual([]);
  });

  it("is judged as it is at last: with overrides, and with what aspects do", () => {
    const stack = project.stack("prod");
    addPolicies(stack, RELAXED);
    shop(stack);
    Aspects.of(stack).add({
      visit: (node: IConstruct) => {
        if (node instanceof ContainerResource) node.addOverride("privileged", true);
      },
    });
    project.app.synth();

    expect(JSON.stringify(project.read(stack))).toContain("CIS-5.5: container must not be privileged, got privileged = true");
  });

  it("is judged with the Dockerfiles of its images", () => {
    const context = join(project.folder, "context");
    mkdirSync(context);
    writeFileSync(join(context, "Dockerfile"), "FROM scratch\nADD https://downloads.example/x /x\nHEALTHCHECK CMD true\n");
    const stack = project.stack("prod");
    addPolicies(stack, RELAXED);
    shop(stack, { image: ContainerImage.fromBuild(context, { name: "shop" }) });
    project.app.synth();

    expect(project.warnings(stack)).toEqual([
      "@cdktf/warn CIS-4.9: Dockerfile must COPY rather than ADD, got line 2: ADD https://downloads.example/x /x; write COPY, and fetch with a checksum (at prod/Shop/Replica1)",
    ]);
  });

  it("shows values as they are, without a template in the message", () => {
    const stack = project.stack("prod");
    addPolicies(stack, RELAXED);
    shop(stack, { command: ["sshd", "${oops}", "%{if}"] });
    Aspects.of(stack).add({
      visit: (node: IConstruct) => {
        if (node instanceof ContainerResource) node.addOverride("cgroup_parent", "/$${oops}");
      },
    });
    project.app.synth();

    expect(JSON.stringify(project.read(stack))).toContain("got cgroup_parent = /$${oops};");
  });
});

describe("allow", () => {
  it("lets a construct break a rule, with what is below it", () => {
    const stack = project.stack("prod");
    addPolicies(stack, RELAXED);
    allow("CIS-5.13", { on: shop(stack, { readOnlyRoot: false, replicas: 2 }), because: "it writes" });
    project.app.synth();

    expect(project.read(stack)).not.toHaveProperty("resource.terraform_data");
    expect(project.warnings(stack)).toEqual([]);
  });

  it("holds for all stacks on the program, and for one alone on a stack", () => {
    const [one, other] = [project.stack("one"), project.stack("other")];
    for (const stack of [one, other]) {
      addPolicies(stack, RELAXED);
      shop(stack, { readOnlyRoot: false, capabilities: ["CAP_NET_RAW"] });
    }
    allow("CIS-5.13", { on: project.app, because: "all write" });
    allow("CIS-5.4", { on: one, because: "it pings" });
    project.app.synth();

    expect(project.read(one)).not.toHaveProperty("resource.terraform_data");
    expect(JSON.stringify(project.read(other))).toContain("prod: 1 rule is broken".replace("prod", "other"));
  });

  it("is itself reported when nothing needs it, unless it is optional", () => {
    const stack = project.stack("prod");
    addPolicies(stack, RELAXED);
    const on = shop(stack);
    allow("CIS-5.5", { on, because: "it must" });
    allow("CIS-5.8", { on, because: "only prod has port 80", optional: true });
    project.app.synth();

    expect(project.warnings(stack)).toEqual([`@cdktf/warn ${UNUSED}`]);
  });

  it("fails without a reason", () => {
    expect(() => allow("CIS-5.5", { on: project.stack("prod"), because: " " })).toThrow(
      new Error("EXCEPTION_REASON: because must say why CIS-5.5 may be broken here, got none; write a sentence (at prod)"),
    );
  });

  it("fails for a rule that there is not", () => {
    const unknown = "CIS-9.9" as "CIS-5.5";
    expect(() => allow(unknown, { on: project.stack("prod"), because: "it must" })).toThrow(
      /^RULE: rule must be one of CIS-4\.1, .*, got "CIS-9\.9" \(at prod\)$/,
    );
  });
});
