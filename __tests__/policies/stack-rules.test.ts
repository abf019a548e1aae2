import { evaluate } from "../../policies/evaluate";
import type { Exception } from "../../policies/exception";
import type { RenderedContainer, RenderedStack } from "../../policies/rendered-container";
import { ruleIds, rules } from "../../policies/registry";
import { attributes, JOB } from "./cases/setups";
import { container, messages, stackOf } from "./container";

describe("rules over a stack", () => {
  const fits: RenderedStack = { ...stackOf(container(), container(), container(attributes(JOB))), hostMemoryMiB: 128 };
  const open: RenderedStack = { ...stackOf(), providers: [{ host: "tcp://user@10.0.0.5:2375", tls: false }] };
  const MEMORY =
    "TIERS-HOST-MEMORY: caps of all containers that stay must fit into the host's memory, got 128 MiB of HOST_MEMORY_MIB = 127; lower memoryMiB or replicas, or raise HOST_MEMORY_MIB (at prod)";
  const TCP =
    "TIERS-TCP: engine must be reached by a socket, ssh, or tcp with client certificates, got tcp://10.0.0.5:2375; set HOST to ssh://user@host, or TLS_CERT_PATH (at prod)";

  it.each([
    ["TIERS-HOST-MEMORY", fits],
    ["TIERS-HOST-MEMORY", { ...fits, hostMemoryMiB: undefined }],
    ["TIERS-TCP", { ...open, providers: [{ host: "tcp://10.0.0.5:2376", tls: true }] }],
    ["TIERS-TCP", { ...open, providers: [{ host: "ssh://deploy@10.0.0.5", tls: false }] }],
  ])("%s passes", (id, stack) => {
    expect(messages(stack, id)).toEqual([]);
  });

  it.each([
    ["TIERS-HOST-MEMORY", { ...fits, hostMemoryMiB: 127 }, MEMORY],
    ["TIERS-TCP", open, TCP],
  ])("%s fails, and is silent where an exception on the stack holds", (id, stack, message) => {
    expect(messages(stack, id)).toEqual([message]);
    expect(messages(stack, id, [{ rule: id, on: "prod", because: "it is measured", optional: false }])).toEqual([]);
    expect(messages(stack, id, [{ rule: id, on: "prod/Shop", because: "it is measured", optional: false }])).toEqual([message]);
  });
});

describe("an exception that nothing needs", () => {
  const exception: Exception = { rule: "CIS-5.13", on: "prod/Shop", because: "it writes", optional: false };
  const writes: RenderedContainer = container(attributes({ read_only: false }));

  it("passes while it is needed, and where it is optional", () => {
    expect(messages(stackOf(writes), "TIERS-EXCEPTION", [exception])).toEqual([]);
    expect(messages(stackOf(container()), "TIERS-EXCEPTION", [{ ...exception, optional: true }])).toEqual([]);
  });

  it("fails, with its reason", () => {
    expect(messages(stackOf(container()), "TIERS-EXCEPTION", [exception])).toEqual([
      'TIERS-EXCEPTION: exception must be needed, got CIS-5.13 allowed because "it writes", with nothing to allow; take the allow() out, or make it optional where only some environments need it (at prod/Shop)',
    ]);
  });

  it("fails for the wider of two that hold", () => {
    const wider = { ...exception, on: "prod", because: "everything writes" };
    expect(messages(stackOf(writes), "TIERS-EXCEPTION", [wider, exception])).toHaveLength(1);
    expect(
      evaluate(stackOf(writes), { profile: "prod", exceptions: [wider, exception] }).exceptions.map(({ findings }) => findings),
    ).toEqual([0, 1]);
  });
});

describe("the registry", () => {
  it("has no other rule than those over a container and those above", () => {
    const others = rules.filter(({ of }) => of !== "container").map(({ id }) => id);
    expect(others).toEqual(["TIERS-HOST-MEMORY", "TIERS-TCP", "TIERS-EXCEPTION"]);
  });

  it("has ids that are unique, and texts that make a sentence", () => {
    expect(new Set(ruleIds).size).toBe(rules.length);
    for (const { must, why, mend } of rules) {
      expect(must).toMatch(/\bmust\b/);
      for (const text of [must, why, mend]) expect(text).not.toMatch(/\.$|^[\s;]/);
    }
  });
});
