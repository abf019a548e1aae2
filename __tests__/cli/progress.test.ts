import { startTask, type Clock } from "../../cli/progress";

class ManualClock implements Clock {
  private time = 0;
  private readonly timers = new Map<() => void, { every: number; next: number }>();

  now(): number {
    return this.time;
  }

  every(milliseconds: number, call: () => void): () => void {
    this.timers.set(call, { every: milliseconds, next: this.time + milliseconds });
    return () => void this.timers.delete(call);
  }

  pass(milliseconds: number): void {
    for (const end = this.time + milliseconds; this.time < end;) {
      this.time += 1;
      for (const [call, timer] of this.timers) {
        if (timer.next !== this.time) continue;
        timer.next += timer.every;
        call();
      }
    }
  }
}

function task(): { clock: ManualClock; lines: { at: number; text: string }[]; task: ReturnType<typeof startTask> } {
  const clock = new ManualClock();
  const lines: { at: number; text: string }[] = [];
  const output = { line: (text: string) => void lines.push({ at: clock.now(), text }) };
  return { clock, lines, task: startTask("mysql", output, clock) };
}

describe("startTask", () => {
  it("repeats the current step while nothing else is told, so that no pause is longer than 2 s", () => {
    const { clock, lines, task: running } = task();
    running.step("unpacking");
    clock.pass(10_000);
    running.end("built");
    const gaps = lines.map(({ at }, index) => at - (lines[index - 1]?.at ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2_000);
    expect(lines[0]).toEqual({ at: 0, text: "mysql: unpacking (0.0 s)" });
    expect(lines.at(-1)).toEqual({ at: 10_000, text: "mysql: built (10.0 s)" });
  });

  it("leaves out steps that follow at once, but never the last word", () => {
    const { clock, lines, task: running } = task();
    for (const name of ["one", "two", "three"]) {
      running.step(name);
      clock.pass(1);
    }
    running.end("built");
    expect(lines.map(({ text }) => text)).toEqual(["mysql: one (0.0 s)", "mysql: built (0.0 s)"]);
  });

  it("is silent after its end", () => {
    const { clock, lines, task: running } = task();
    running.end("built");
    clock.pass(10_000);
    expect(lines).toHaveLength(1);
  });
});
