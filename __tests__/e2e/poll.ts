import { setTimeout as sleep } from "node:timers/promises";

/** Asks until the answer is not undefined, and fails with the last fault when that takes too long. */
export async function poll<T>(subject: string, seconds: number, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    await sleep(200);
  }
  throw new Error(`${subject} must come true within ${seconds} s`, { cause: last });
}
