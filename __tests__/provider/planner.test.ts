import { planBlock, replacedBy } from "../../provider/planner";
import type { Block } from "../../provider/schema";
import { settleImport, settlePlan, settleRead } from "../../provider/settle";
import { UNKNOWN, type ObjectValue } from "../../provider/value";

const BLOCK: Block = {
  attributes: {
    id: { type: "string", optional: true, computed: true },
    name: { type: "string", required: true, forceNew: true },
    driver: { type: "string", optional: true, computed: true, forceNew: true },
    memory: { type: "number", optional: true },
    restart: { type: "string", optional: true, default: "no" },
    ipv6: { type: "bool", optional: true, forceNew: true },
    dns: { type: ["set", "string"], optional: true, forceNew: true },
    interval: { type: "string", optional: true, equal: (a, b) => a === "1m30s" && b === "90s" },
  },
  blocks: {
    labels: {
      nesting: "set",
      forceNew: true,
      attributes: { label: { type: "string", required: true }, value: { type: "string", required: true } },
    },
    ports: {
      nesting: "list",
      attributes: {
        internal: { type: "number", required: true, forceNew: true },
        external: { type: "number", optional: true, computed: true },
      },
    },
    health: { nesting: "list", max: 1, computed: true, attributes: { test: { type: ["list", "string"], optional: true } } },
  },
};

const CONFIG: ObjectValue = {
  id: null,
  name: "n",
  driver: null,
  memory: null,
  restart: null,
  ipv6: null,
  dns: null,
  interval: null,
  labels: [],
  ports: [],
  health: [],
};
const PRIOR: ObjectValue = { ...CONFIG, id: "1", driver: "bridge", restart: "no", health: [{ test: ["CMD", "true"] }] };

const plan = (config: ObjectValue, prior: ObjectValue = PRIOR): ObjectValue => planBlock({ ...CONFIG, ...config }, prior, BLOCK);
const replace = (config: ObjectValue, prior: ObjectValue = PRIOR): string[] => replacedBy(prior, plan(config, prior), BLOCK);

describe("a plan for a create", () => {
  it("leaves open what the daemon chooses, and fills in defaults", () => {
    expect(planBlock(CONFIG, null, BLOCK)).toEqual({ ...CONFIG, id: UNKNOWN, driver: UNKNOWN, restart: "no", health: UNKNOWN });
  });

  it("leaves computed parts of blocks open", () => {
    const planned = planBlock({ ...CONFIG, ports: [{ internal: 80, external: null }] }, null, BLOCK);
    expect(planned["ports"]).toEqual([{ internal: 80, external: UNKNOWN }]);
  });

  it("leaves a block open that is not known yet", () => {
    expect(planBlock({ ...CONFIG, labels: UNKNOWN }, null, BLOCK)["labels"]).toBe(UNKNOWN);
  });
});

describe("a plan for an existing object", () => {
  it("is the prior state when nothing is configured otherwise", () => {
    expect(plan({})).toEqual(PRIOR);
  });

  it.each([
    ["a set in another order", { dns: ["2", "1"] }, { dns: ["1", "2"] }],
    ["false where nothing is stored", { ipv6: false }, { ipv6: null }],
    ["nothing where false is stored", { ipv6: null }, { ipv6: false }],
    ["values that mean the same", { interval: "90s" }, { interval: "1m30s" }],
    ["blocks in another order", { labels: [label("b"), label("a")] }, { labels: [label("a"), label("b")] }],
    ["a port that the daemon chose", { ports: [{ internal: 80, external: null }] }, { ports: [{ internal: 80, external: 49153 }] }],
  ])("keeps the prior value: %s", (_title, config, prior) => {
    expect(plan(config, { ...PRIOR, ...prior })).toEqual({ ...PRIOR, ...prior });
  });

  it("changes in place what does not replace the object", () => {
    expect(plan({ memory: 512 })).toEqual({ ...PRIOR, memory: 512 });
    expect(replace({ memory: 512 })).toEqual([]);
    expect(plan({ restart: "always" })["restart"]).toBe("always");
  });

  it("goes back to the default when the setting is gone", () => {
    expect(plan({}, { ...PRIOR, restart: "always" })["restart"]).toBe("no");
  });

  it("replaces the object for what cannot change", () => {
    expect(replace({ name: "m", dns: ["1"], labels: [label("a")] })).toEqual(["name", "dns", "labels"]);
    expect(replace({ name: UNKNOWN })).toEqual(["name"]);
  });

  it("replaces the object for a change inside a block, and only for what replaces there", () => {
    const prior = { ...PRIOR, ports: [{ internal: 80, external: 1 }] };
    expect(replace({ ports: [{ internal: 81, external: null }] }, prior)).toEqual(["ports"]);
    expect(replace({ ports: [{ internal: 80, external: 2 }] }, prior)).toEqual([]);
  });
});

describe("what is stored", () => {
  it("is the plan after an apply, with the daemon's choice where it was open", () => {
    const planned: ObjectValue = { ...PRIOR, id: UNKNOWN, memory: 512, ports: [{ internal: 80, external: UNKNOWN }], health: UNKNOWN };
    const actual = { id: "9", memory: 536, ports: [{ internal: 80, external: 49153 }] };
    expect(settlePlan(planned, actual)).toEqual({
      ...PRIOR,
      id: "9",
      memory: 512,
      ports: [{ internal: 80, external: 49153 }],
      health: null,
    });
  });

  it("is the prior value after a refresh where both mean the same, or nothing was said", () => {
    const actual = { ...PRIOR, ipv6: false, driver: undefined, memory: 256 };
    const { driver, ...said } = actual;
    expect(driver).toBeUndefined();
    expect(settleRead(PRIOR, said, BLOCK)).toEqual({ ...PRIOR, memory: 256 });
  });

  it("has the defaults after an import", () => {
    expect(settleImport({ ...PRIOR, restart: null }, BLOCK)["restart"]).toBe("no");
    expect(settleImport({ ...PRIOR, restart: "always" }, BLOCK)["restart"]).toBe("always");
  });
});

function label(name: string): ObjectValue {
  return { label: name, value: name };
}
