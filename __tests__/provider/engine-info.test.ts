import { Engine } from "../../engine";
import { engineInfo } from "../../provider/resources/engine-info";
import { json, startFakeEngine } from "../engine/fake-engine";

const asked = (requests: readonly string[]): string[] => requests.filter((request) => request.endsWith("/info"));

describe("what an engine says of itself", () => {
  it("is asked for once by all containers of a command, and anew by the next one", async () => {
    const fake = await startFakeEngine((_request, _body, response) => json(response, 200, { NCPU: 2 }));
    const engines = [new Engine({ host: fake.host }), new Engine({ host: fake.host })];
    for (const engine of engines) {
      const answers = await Promise.all([engineInfo(engine), engineInfo(engine)]);
      expect([...answers, await engineInfo(engine)].map(({ NCPU }) => NCPU)).toEqual([2, 2, 2]);
      await engine.close();
    }
    expect(asked(fake.requests)).toHaveLength(engines.length);
    await fake.close();
  });

  it("is asked for again when there was no answer", async () => {
    const fake = await startFakeEngine((_request, _body, response) =>
      asked(fake.requests).length === 1 ? json(response, 500, { message: "busy" }) : json(response, 200, { NCPU: 2 }),
    );
    const engine = new Engine({ host: fake.host });
    await expect(engineInfo(engine)).rejects.toThrow("busy");
    await expect(engineInfo(engine)).resolves.toEqual({ NCPU: 2 });
    await engine.close();
    await fake.close();
  });
});
