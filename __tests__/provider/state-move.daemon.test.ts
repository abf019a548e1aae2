import { engineDifferences } from "./conformance/differences";
import { moveBothWays } from "./conformance/moves";
import { caseNames, recording } from "./conformance/recording";
import { engine } from "./container-project";
import { buildProbeImages } from "./probe-image";

jest.setTimeout(120_000);

/** Its apply is no success any more: there is no state of a container that runs to compare. */
const FAILS = ["container-failing"];
const CASES = caseNames().filter((name) => !name.startsWith("swarm-") && !FAILS.includes(name) && recording(name).steps[0]?.apply === "ok");

/** What is exchanged for an update in place. */
const UPDATES: Readonly<Record<string, readonly [from: string, to: string]>> = {
  "container-minimal": ['name  = "cf-min"', 'name  = "cf-min"\n  restart = "always"'],
  "container-full": ["cpu_shares   = 512", "cpu_shares   = 256"],
  "image-local": ["keep_locally = true", "keep_locally = true\n  force_remove = true"],
};

/** Its container ends at once: whether it still has an address when it is read is chance. */
const CHANCE: Readonly<Record<string, RegExp>> = { "data-sources": /^docker_container.c: network_data/ };

describe("a state of each recorded case", () => {
  beforeAll(buildProbeImages);

  afterAll(async () => {
    // A tag outlives its resource.
    await engine.delete("/images/cf-tag:9").catch(() => undefined);
    await engine.close();
  });

  it.each(CASES)("moves from the public provider 4.5.0 and back without a change, private bytes kept: %s", async (name) => {
    const expected = await engineDifferences();
    const found = await moveBothWays(name, UPDATES[name]);
    expect(found.filter((line) => !expected.test(line) && !CHANCE[name]?.test(line))).toEqual([]);
  });
});
