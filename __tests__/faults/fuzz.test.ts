import fc from "fast-check";
import { DAMAGED, FuzzedProvider } from "../provider/fuzzed-provider";

jest.setTimeout(900_000);

const RUNS = 10_000;
const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);

it(`answers ${RUNS} damaged requests, seed ${seed}`, async () => {
  const provider = await FuzzedProvider.start();
  try {
    const answered = fc.asyncProperty(DAMAGED, async (request) => expect(await provider.answer(request)).toBeInstanceOf(Object));
    await fc.assert(answered, { numRuns: RUNS, seed });
  } finally {
    await provider.engine.close();
  }
});
