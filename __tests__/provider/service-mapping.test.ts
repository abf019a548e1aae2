import { planBlock } from "../../provider/planner";
import { serviceState } from "../../provider/resources/service-from-engine";
import { SERVICE_SCHEMA } from "../../provider/resources/service-schema";
import { serviceSpec } from "../../provider/resources/service-to-engine";
import type { Service, ServiceSpec } from "../../provider/resources/swarm-api";
import { sameBlock } from "../../provider/same";
import type { Block } from "../../provider/schema";
import { settlePlan, settleRead } from "../../provider/settle";
import { blocks, isObject, type ObjectValue, type Value } from "../../provider/value";
import { fullService } from "./service-configurations";

/** The engine hands a specification back as it took it. */
const onEngine = (Spec: ServiceSpec): Service => ({ ID: "s1", Version: { Index: 1 }, CreatedAt: "", Spec });
const NAMES = new Map([
  ["n1", "net1"],
  ["n2", "net2"],
]);
const observed = (planned: ObjectValue): ObjectValue => serviceState(onEngine(serviceSpec(planned)), NAMES);
/** The state after a create, and after a refresh of it. */
const created = (config: ObjectValue): ObjectValue => {
  const planned = planBlock(config, null, SERVICE_SCHEMA);
  const state = settlePlan(planned, observed(planned));
  return settleRead(state, observed(planned), SERVICE_SCHEMA);
};

/** Every attribute by its path: `task_spec.container_spec.image`. */
function leaves(block: Block, at: readonly string[] = []): string[][] {
  const own = Object.keys(block.attributes).map((name) => [...at, name]);
  return [...own, ...Object.entries(block.blocks ?? {}).flatMap(([name, nested]) => leaves(nested, [...at, name]))];
}

/** The value at a path, in the first block of each list. */
function valueAt(state: ObjectValue, [name = "", ...rest]: readonly string[]): Value | undefined {
  return rest.length === 0 ? state[name] : valueAt(blocks(state[name])[0] ?? {}, rest);
}

/** The state with another value at a path. */
function withValue(state: ObjectValue, [name = "", ...rest]: readonly string[], value: Value): ObjectValue {
  if (rest.length === 0) return { ...state, [name]: value };
  const [first, ...others] = blocks(state[name]);
  return { ...state, [name]: [withValue(isObject(first) ? first : {}, rest, value), ...others] };
}

/** The engine chooses it, or never tells it. */
const UNSEEN = ["id", "auth.server_address", "auth.username", "auth.password", "converge_config.delay", "converge_config.timeout"];
/** A mode is one of two: the number of tasks goes with the one, and a network has one name for its id. */
const PATHS = leaves(SERVICE_SCHEMA).filter((path) => ![...UNSEEN, "task_spec.networks_advanced.name"].includes(path.join(".")));

describe("a service in which everything is set", () => {
  it.each([false, true])("is read back as it was configured (second: %s)", (second) => {
    const config = fullService(second);
    const state = created(config);
    expect(sameBlock(state, { ...planBlock(config, state, SERVICE_SCHEMA) }, SERVICE_SCHEMA)).toBe(true);
    expect(state).toEqual({ ...config, id: "s1" });
  });

  it.each(PATHS.map((path) => path.join(".")))("shows when somebody else changes %s", (dotted) => {
    const path = dotted.split(".");
    const [config, other] = [fullService(), fullService(true)];
    const changed = dotted === "mode.replicated.replicas" ? 5 : (valueAt(other, path) ?? null);
    expect(changed).not.toBeNull();
    const state = created(config);
    const now = settleRead(state, observed(withValue(state, path, changed)), SERVICE_SCHEMA);
    const planned = planBlock(config, now, SERVICE_SCHEMA);
    expect(sameBlock(now, planned, SERVICE_SCHEMA)).toBe(false);
    expect(valueAt(planned, path)).toEqual(valueAt(config, path));
  });
});

describe("a service in which little is set", () => {
  const container = { image: "probe:1" };
  const little: ObjectValue = { name: "web", task_spec: [{ container_spec: [container] }] };

  it("asks the engine for no more than that", () => {
    expect(serviceSpec(planBlock(little, null, SERVICE_SCHEMA))).toMatchObject({
      Name: "web",
      Mode: { Replicated: { Replicas: 1 } },
      TaskTemplate: { ContainerSpec: { Image: "probe:1", Isolation: "default" }, ForceUpdate: 0 },
    });
    const spec = serviceSpec(planBlock(little, null, SERVICE_SCHEMA));
    for (const name of ["UpdateConfig", "RollbackConfig", "EndpointSpec"]) expect(spec).not.toHaveProperty(name);
    for (const name of ["Resources", "RestartPolicy", "LogDriver"]) expect(spec.TaskTemplate).not.toHaveProperty(name);
    for (const name of ["StopGracePeriod", "Healthcheck", "Init"]) expect(spec.TaskTemplate.ContainerSpec).not.toHaveProperty(name);
  });

  it("plans no change, and keeps what the engine chose", () => {
    const state = created(little);
    expect(planBlock(little, state, SERVICE_SCHEMA)).toEqual(state);
    expect(state["mode"]).toEqual([{ global: false, replicated: [{ replicas: 1 }] }]);
  });
});
