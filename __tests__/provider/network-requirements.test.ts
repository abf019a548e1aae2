import { NETWORK_REQUIREMENTS } from "../../provider/resources/network-requirements";
import { UNKNOWN, type ObjectValue } from "../../provider/value";
import { requiredBy } from "./required-by";

const ipvlan = (mode: string): ObjectValue => ({ driver: "ipvlan", options: { parent: "eth0", ipvlan_mode: mode } });

describe("what an engine's networks can do", () => {
  it("fails for the mode l3s of an ipvlan before API 1.42, and names Docker 23.0", async () => {
    expect((await requiredBy(NETWORK_REQUIREMENTS, ipvlan("l3s"), "1.41")).error).toBe(
      'The engine is too old: options.ipvlan_mode must not be "l3s" on an engine with API 1.41, got it; ' +
        "update Docker at HOST to 23.0 or newer (API 1.42), or take it out",
    );
    expect((await requiredBy(NETWORK_REQUIREMENTS, ipvlan("l3s"), "1.42")).error).toBeUndefined();
  });

  it.each<[string, ObjectValue]>([
    ["another mode", ipvlan("l3")],
    ["options that are not known yet", { driver: "ipvlan", options: UNKNOWN }],
  ])("asks nothing for %s", async (_, values) => {
    expect(await requiredBy(NETWORK_REQUIREMENTS, values, "1.41")).toEqual({ error: undefined, requests: [] });
  });
});
