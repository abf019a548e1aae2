import type { Engine } from "../../engine";
import { SwarmNode } from "./swarm-node";
import { storesManifests, testEngine } from "./test-engine";

jest.setTimeout(180_000);

const kind = async (engine: Engine): Promise<object> => {
  const { Version } = await engine.get<{ Version: string }>("/version");
  return { Version, manifests: await storesManifests(engine) };
};

it("a swarm's engine has the version and the image store of the engine that tests run on", async () => {
  const engine = testEngine();
  const node = await SwarmNode.single();
  try {
    expect(await kind(node.engine)).toEqual(await kind(engine));
  } finally {
    await node.remove();
    await engine.close();
  }
});
