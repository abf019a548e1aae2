import fc from "fast-check";
import { DAMAGED } from "../provider/damaged-request";
import { faultOf } from "../provider/fuzz-answer";
import { FuzzedProvider } from "../provider/fuzzed-provider";

jest.setTimeout(900_000);

const RUNS = 10_000;
const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);

it(`answers ${RUNS} damaged requests, seed ${seed}`, async () => {
  const provider = await FuzzedProvider.start();
  try {
    const answered = fc.asyncProperty(DAMAGED, async (request) => expect(await faultOf(provider, request)).toBeUndefined());
    await fc.assert(answered, { numRuns: RUNS, seed });
  } finally {
    await provider.close();
  }
});
