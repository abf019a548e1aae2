const PAUSE = 100;

/** Asks again and again until there is an answer; fails the test when there is none in time. */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what} must be within ${seconds} s, got none`);
    await new Promise((done) => setTimeout(done, PAUSE));
  }
}
