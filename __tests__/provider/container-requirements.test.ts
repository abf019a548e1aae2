import { CONTAINER_REQUIREMENTS } from "../../provider/resources/container-requirements";
import { UNKNOWN, type ObjectValue } from "../../provider/value";
import { requiredBy, type Answer } from "./required-by";

const USES: readonly (readonly [string, string, string, ObjectValue])[] = [
  ["healthcheck.start_interval", "1.44", "25.0", { healthcheck: [{ start_interval: "2s" }] }],
  ["networks_advanced.mac_address", "1.44", "25.0", { networks_advanced: [{ mac_address: "02:42:ac:11:00:02" }] }],
  ["mounts.volume_options.subpath", "1.45", "26.0", { mounts: [{ volume_options: [{ subpath: "a" }] }] }],
  ["networks_advanced.gw_priority", "1.48", "28.0", { networks_advanced: [{ gw_priority: 1 }] }],
];

/** Settings that every engine takes. */
const NOTHING: ObjectValue = {
  healthcheck: [{ start_interval: "0s" }],
  networks_advanced: [{ name: "n", mac_address: "", gw_priority: 0 }],
  mounts: [{ volume_options: [{ subpath: null }] }, { volume_options: UNKNOWN }],
};

const planned = (values: ObjectValue, apiVersion: string): Promise<Answer> => requiredBy(CONTAINER_REQUIREMENTS, values, apiVersion);

describe("what an engine can do", () => {
  it.each(USES)("fails for %s before API %s, and names Docker %s", async (attribute, api, docker, values) => {
    const older = `1.${Number(api.slice(2)) - 1}`;
    expect((await planned(values, older)).error).toBe(
      `The engine is too old: ${attribute} must be unset on an engine with API ${older}, got a value; ` +
        `update Docker at HOST to ${docker} or newer (API ${api}), or take it out`,
    );
    expect((await planned(values, api)).error).toBeUndefined();
  });

  it("is not asked where nothing depends on it", async () => {
    expect(await planned(NOTHING, "1.41")).toEqual({ error: undefined, requests: [] });
  });

  it("takes volume_options of a mount on every engine, but for subpath", async () => {
    const mount = (options: ObjectValue): ObjectValue => ({ mounts: [{ volume_options: [options] }] });
    expect(await planned(mount({ no_copy: true, labels: [{ label: "a", value: "b" }] }), "1.41")).toEqual({
      error: undefined,
      requests: [],
    });
    expect((await planned(mount({ no_copy: true, subpath: "a" }), "1.41")).error).toContain("mounts.volume_options.subpath must be unset");
  });
});
