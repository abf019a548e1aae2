import { ACTS, CONFIGURATIONS, RECORDED, seenOf, TREATMENTS } from "./mend-cases";
import { pathsSet } from "./recorded";

describe("what our constructs set on a container", () => {
  it("has a case in which its drift is mended, attribute by attribute", () => {
    const mended = [...Object.values(CONFIGURATIONS).flatMap(seenOf), ...ACTS].map(([path]) => path);
    expect(RECORDED).toEqual(
      expect.arrayContaining(["cpu_quota", "cpu_shares", "healthcheck.test", "log_opts", "ports.ip", "upload.content"]),
    );
    expect([...new Set([...mended, ...TREATMENTS])].sort()).toEqual(RECORDED);
  });

  it("is all on the engine, but for how Terraform treats the container", () => {
    expect(TREATMENTS).toEqual(["attach", "destroy_grace_seconds", "remove_volumes", "start", "wait", "wait_timeout"]);
  });

  it("fails for an attribute without a case: it is found in blocks, and what Terraform itself reads is not", () => {
    const schema = { attributes: { a: { type: "string", optional: true } }, blocks: {} } as const;
    const blocks = { ports: { nesting: "set", attributes: { b: { type: "number", optional: true } } } } as const;
    const object = { a: "1", ports: [{ b: 1 }], depends_on: ["x"], "//": {} };
    expect(pathsSet(object, { ...schema, blocks })).toEqual(["a", "ports.b"]);
  });
});
