import { SERVICE_SCHEMA } from "../../provider/resources/service-schema";
import { validateBlock } from "../../provider/validate";
import type { ObjectValue } from "../../provider/value";

const faults = (config: ObjectValue): string[] => validateBlock(config, SERVICE_SCHEMA).map(({ detail }) => detail);

describe("a service's configuration is refused for", () => {
  const reserving = (generic: ObjectValue): string[] =>
    faults({ task_spec: [{ resources: [{ reservation: [{ generic_resources: [generic] }] }] }] });

  it.each([
    ["named_resources_spec", "GPU", 'named_resources_spec must be of KIND=VALUE such as "GPU=UUID1", got "GPU"'],
    ["discrete_resources_spec", "SSD=some", 'discrete_resources_spec must be of KIND=NUMBER such as "SSD=3", got "SSD=some"'],
    ["discrete_resources_spec", "SSD=0", 'discrete_resources_spec must be of KIND=NUMBER such as "SSD=3", got "SSD=0"'],
  ])("%s with %s, which no node could have", (name, entry, fault) => {
    expect(reserving({ [name]: ["KIND=1", entry] })).toEqual([fault]);
    expect(reserving({ [name]: ["KIND=1"] })).toEqual([]);
  });

  it.each(["1.5", "-0.1", "half"])("%s as a share of failures", (ratio) => {
    expect(faults({ update_config: [{ max_failure_ratio: ratio }] })).toEqual([
      `max_failure_ratio must be a number from 0.0 to 1.0, got "${ratio}"`,
    ]);
    expect(faults({ update_config: [{ max_failure_ratio: "0.25" }] })).toEqual([]);
  });
});
