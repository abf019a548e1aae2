import { changedNetworks } from "../../provider/resources/container-networks";
import { readNotes, writeNotes } from "../../provider/resources/container-private";
import { droppedLimits, needsStart } from "../../provider/resources/container-update";
import type { ObjectValue } from "../../provider/value";

describe("decisions of a plan", () => {
  it("networks differ by membership, aliases and addresses; unset and empty are the same", () => {
    const network = (set: ObjectValue): ObjectValue => ({ networks_advanced: [{ name: "a", aliases: null, ipv4_address: "", ...set }] });
    expect(changedNetworks(network({}), network({ aliases: [], ipv4_address: null }))).toEqual([]);
    expect(changedNetworks(network({ aliases: ["x", "y"] }), network({ aliases: ["y", "x"] }))).toEqual([]);
    expect(changedNetworks(network({ aliases: ["x"] }), network({}))).toEqual(["a"]);
    expect(changedNetworks({ networks_advanced: [] }, network({}))).toEqual(["a"]);
  });

  it("only a container that should run and does not is started", () => {
    expect(needsStart({ must_run: false, start: true }, { must_run: true, start: true })).toBe(true);
    expect(needsStart({ must_run: true, start: true }, { must_run: true, start: true })).toBe(false);
    expect(needsStart({ must_run: false }, { must_run: true, start: false })).toBe(false);
    expect(needsStart({ start: false }, { start: true })).toBe(true);
  });

  it("a limit that goes away cannot be changed in place, a pids limit can", () => {
    expect(droppedLimits({ memory: 64, pids_limit: 5, cpu_set: "0" }, { memory: null, pids_limit: null, cpu_set: "" })).toEqual([
      "memory",
      "cpu_set",
    ]);
  });

  it("notes live beside the public provider's private bytes", () => {
    const bytes = writeNotes(Buffer.from('{"schema_version":"2"}'), { imported: true, networks: ["b", "a"], uploads: {} });
    expect(JSON.parse(Buffer.from(bytes).toString())).toEqual({
      schema_version: "2",
      "docker-tiers": { imported: true, networks: ["a", "b"] },
    });
    expect(readNotes(bytes)).toEqual({ imported: true, networks: ["a", "b"], uploads: {} });
    const uploads = { "/f": "sha256:1" };
    expect(readNotes(writeNotes(bytes, { imported: false, networks: [], uploads }))).toEqual({ imported: false, networks: [], uploads });
    expect(Buffer.from(writeNotes(bytes, { imported: false, networks: [], uploads: {} })).toString()).toBe('{"schema_version":"2"}');
    expect(readNotes(Buffer.from("no json"))).toEqual({ imported: false, networks: [], uploads: {} });
  });
});
