import fc from "fast-check";
import { DAMAGED, FuzzedProvider } from "./fuzzed-provider";

jest.setTimeout(120_000);

let provider: FuzzedProvider;

beforeAll(async () => {
  provider = await FuzzedProvider.start();
});
afterAll(() => provider.engine.close());

describe("a request that was damaged on the way", () => {
  it("is answered with an error or with a state that can be read, never a crash", async () => {
    await fc.assert(
      fc.asyncProperty(DAMAGED, async (request) => {
        const answer = await provider.answer(request);
        const isRefused = (answer.diagnostics ?? []).some(({ severity }) => severity === 1);
        const states = provider.states(request, answer);
        const hasNone = request.call.startsWith("validate") || request.call === "configureProvider";
        expect(isRefused || (!states.includes(undefined) && (hasNone || states.length > 0))).toBe(true);
      }),
      { numRuns: 400 },
    );
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
