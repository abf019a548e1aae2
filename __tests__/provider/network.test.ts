import { Engine } from "../../engine";
import { network } from "../../provider/resources/network";
import { json, startFakeEngine } from "../engine/fake-engine";
import { operationContext } from "./operation-context";

const FOUND = {
  Id: "n1",
  Name: "edge",
  Created: "2026-01-01T00:00:00Z",
  Scope: "local",
  Driver: "bridge",
  IPAM: { Driver: "default", Options: null, Config: [] },
  Options: {},
  Labels: {},
};

afterEach(() => jest.useRealTimers());

it("is read by one request, without a wait", async () => {
  // A timer would never fire.
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "clearImmediate", "queueMicrotask", "performance", "hrtime"] });
  const fake = await startFakeEngine((_request, _body, response) => json(response, 200, FOUND));
  const engine = new Engine({ host: fake.host });
  try {
    expect(await network.read({ id: "n1" }, operationContext(engine))).toMatchObject({ id: "n1", name: "edge" });
    expect(fake.requests.filter((request) => !request.endsWith("/_ping"))).toEqual([expect.stringMatching(/^GET \S*\/networks\/n1$/)]);
  } finally {
    await engine.close();
    await fake.close();
  }
});
