import { CONTAINER_SCHEMA } from "../../provider/resources/container-schema";
import { validateBlock } from "../../provider/validate";
import type { ObjectValue } from "../../provider/value";

const faults = (config: ObjectValue): string[] => validateBlock(config, CONTAINER_SCHEMA).map(({ detail }) => detail);

describe("a container", () => {
  it.each<[ObjectValue, string]>([
    [{ restart: "sometimes" }, 'restart must be one of no, on-failure, always, unless-stopped, got "sometimes"'],
    [{ memory: -1 }, "memory must be 0 or more, got -1"],
    [{ memory_swap: -2 }, "memory_swap must be -1 or more, got -2"],
    [{ cpu_set: "0-" }, 'cpu_set must be a list of CPUs such as `0-2,4`, got "0-"'],
    [{ oom_score_adj: 1001 }, "oom_score_adj must be -1000 to 1000, got 1001"],
    [{ healthcheck: [{ interval: "5" }] }, 'interval must be a duration such as "1m30s" or "500ms", got "5"'],
    [{ upload: [{ permissions: "rw" }] }, 'permissions must be an octal mode such as `0644`, got "rw"'],
    [{ volumes: [{ host_path: "data" }] }, 'host_path must be an absolute path, got "data"'],
    [{ volumes: [{ selinux_relabel: "x" }] }, 'selinux_relabel must be `z` (for all containers) or `Z` (for this one alone), got "x"'],
    [{ mounts: [{ type: "disk" }] }, 'type must be one of bind, volume, tmpfs, got "disk"'],
    ...["A", "AA=A", "AAA==", "A A=", "===="].map((content_base64): [ObjectValue, string] => [
      { upload: [{ content_base64 }] },
      "content_base64 must be base64 (`base64encode(...)`), got other characters or a wrong length",
    ]),
  ])("%j is refused", (config, detail) => expect(faults(config)).toEqual([detail]));

  it.each([0, 1, 2, 3, 16 * 2 ** 20])("takes a file of %i bytes in base64", (bytes) => {
    expect(faults({ upload: [{ content_base64: Buffer.alloc(bytes, 7).toString("base64") }] })).toEqual([]);
  });
});
