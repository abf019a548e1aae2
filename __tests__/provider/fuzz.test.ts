import fc from "fast-check";
import { DATA_SOURCES, RESOURCES } from "../../provider/resources";
import { DAMAGED, type Call } from "./damaged-request";
import { FuzzedProvider, type Answer } from "./fuzzed-provider";
import { faultOf } from "./fuzz-answer";

jest.setTimeout(120_000);

let provider: FuzzedProvider;

beforeAll(async () => {
  provider = await FuzzedProvider.start();
});
afterAll(() => provider.close());

describe("a request that was damaged on the way, or the answer to a question of it", () => {
  it("is answered with an error or with a state that can be read, never a crash, and nothing that was created is forgotten", async () => {
    const answered = fc.asyncProperty(DAMAGED, async (request) => expect(await faultOf(provider, request)).toBeUndefined());
    await fc.assert(answered, { numRuns: 600 });
  });

  it.each(Object.keys(RESOURCES))(
    "gets past its first question where all is intact: a %s is read, created and removed",
    async (typeName) => {
      const ask = (call: Call, change: "create" | "delete"): Promise<Answer> =>
        provider.answer({ call, typeName, change, edits: [], extent: "required" });
      const answers = [
        await ask("readResource", "create"),
        await ask("applyResourceChange", "create"),
        await ask("applyResourceChange", "delete"),
      ];
      expect(answers.map(({ diagnostics }) => diagnostics)).toEqual([[], [], []]);
    },
  );

  it.each(Object.keys(DATA_SOURCES))("gets past its first question where all is intact: the data source %s is read", async (typeName) => {
    const { diagnostics, state } = await provider.answer({ call: "readDataSource", typeName, edits: [], extent: "required" });
    expect({ diagnostics, isRead: state !== undefined }).toEqual({ diagnostics: [], isRead: true });
  });

  it.each([
    "validateProviderConfig",
    "configureProvider",
    "validateResourceConfig",
    "upgradeResourceState",
    "planResourceChange",
    "readResource",
    "applyResourceChange",
    "importResourceState",
  ] as const)("fails with a diagnostic where %s cannot be read", async (call) => {
    const cut = { at: 0.9, kind: "cut", byte: 0 } as const;
    const { diagnostics = [] } = await provider.answer({ call, typeName: "docker_network", edits: [cut] });
    expect(diagnostics).toMatchObject([{ severity: 1 }]);
  });
});
