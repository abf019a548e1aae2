import { engineDifferences } from "./conformance/differences";
import { moveBothWays } from "./conformance/moves";
import { buildProbeImages } from "./probe-image";
import { SwarmNode } from "./swarm-node";
import { onHost } from "./swarm-project";

jest.setTimeout(300_000);

describe("a state of each recorded case of a swarm", () => {
  let node: SwarmNode;

  beforeAll(async () => {
    node = await SwarmNode.single();
    await buildProbeImages(node.host);
  });

  afterAll(() => node.remove());

  it.each([
    ["swarm-config-secret", undefined],
    ["swarm-service", ["replicas = 2", "replicas = 1"]],
  ] as const)("moves from the public provider 4.5.0 and back without a change, private bytes kept: %s", (name, update) =>
    onHost(node, async () => {
      const expected = await engineDifferences();
      expect((await moveBothWays(name, update)).filter((line) => !expected.test(line))).toEqual([]);
    }),
  );
});
