import { evaluate } from "../../policies/evaluate";
import { refusalMessage } from "../../policies/message";
import { parseSeverities } from "../../policies/severity-list";
import type { Profile } from "../../policies/severity";
import { container, stackOf } from "./container";

const faulty = stackOf(
  container({
    image: { reference: "registry.example/shop:1.4.2" },
    attributes: { read_only: false, ports: [{ internal: 1, external: 80, ip: "::1" }] },
  }),
);
const judged = (profile: Profile, severities = {}) =>
  evaluate(faulty, { profile, severities }).findings.map(({ rule, severity }) => `${rule} ${severity}`);

describe("what a rule weighs", () => {
  it("is its own in prod, less in staging, and never an error in dev", () => {
    expect(judged("prod")).toEqual(["CIS-5.13 error", "TIERS-DIGEST error", "CIS-5.8 warning"]);
    expect(judged("staging")).toEqual(["CIS-5.13 error", "CIS-5.8 warning", "TIERS-DIGEST warning"]);
    expect(judged("dev")).toEqual(["CIS-5.8 warning", "CIS-5.13 warning"]);
  });

  it("is what the environment says", () => {
    expect(judged("prod", { "CIS-5.13": "warning", "TIERS-DIGEST": "off" })).toEqual(["CIS-5.8 warning", "CIS-5.13 warning"]);
    expect(judged("dev", { "CIS-5.8": "error", "CIS-5.13": "off" })).toEqual(["CIS-5.8 error"]);
  });

  it("does not make an exception unused: a rule that is off still needs it", () => {
    const exception = { rule: "CIS-5.13", on: "prod/Shop", because: "it writes", optional: false };
    const report = evaluate(faulty, { profile: "dev", severities: { "CIS-5.13": "off", "CIS-5.8": "off" }, exceptions: [exception] });

    expect(report).toMatchObject({ findings: [], allowed: [], exceptions: [{ findings: 1 }] });
  });

  it("is read from one text", () => {
    expect(parseSeverities(" CIS-5.8=off,TIERS-DIGEST=warning ")).toEqual({ severities: { "CIS-5.8": "off", "TIERS-DIGEST": "warning" } });
    expect(parseSeverities("")).toEqual({ severities: {} });
    expect(parseSeverities("CIS-5.8=off CIS-9=off")).toEqual({ fault: "CIS-9=off" });
    expect(parseSeverities("CIS-5.8=loud")).toEqual({ fault: "CIS-5.8=loud" });
  });
});

describe("a finding", () => {
  it("is one short line, without the secret that stood in what was got", () => {
    const script = `exec sshd -D\n${"x".repeat(200)}\u0007`;
    const [found] = evaluate(stackOf(container({ attributes: { command: ["sh", "-c", script] } })), { profile: "prod" }).findings;

    expect(found?.message).toBe(
      `CIS-5.7: container must not run an ssh server, got exec sshd -D ${"x".repeat(107)}...; take it out of the command and use docker exec (at prod/Shop/Resource)`,
    );
  });

  it("cannot steer a terminal, nor turn what is read", () => {
    const [found] = evaluate(stackOf(container({ path: "prod/\u001b[2J\u202eShop", hostPaths: ["/etc/\n\u2066error"] })), {
      profile: "prod",
    }).findings;

    expect(found?.message).toMatch(/got \/etc\/ error; .* \(at prod\/ \[2J Shop\)$/);
  });

  it("is said once where a container has it twice", () => {
    expect(evaluate(stackOf(container({ hostPaths: ["/etc", "/etc/"] })), { profile: "prod" }).findings).toHaveLength(1);
  });
});

describe("the message of a stopped plan", () => {
  it("lists every error and no warning", () => {
    expect(refusalMessage(evaluate(faulty, { profile: "prod", severities: { "TIERS-DIGEST": "off" } }))).toBe(
      [
        'POLICIES: prod: 1 rule is broken; nothing is applied; mend them, or allow("ID", { on: construct, because: "..." })',
        "  CIS-5.13: root file system must be read-only, got read_only = false; leave readOnlyRoot out, and give tmpfs or mounts for what is written (at prod/Shop/Resource)",
      ].join("\n"),
    );
    expect(refusalMessage(evaluate(faulty, { profile: "prod" })).split("\n")).toHaveLength(3);
  });
});
