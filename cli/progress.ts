/** Where commands write what a person reads. */
export interface Output {
  line(text: string): void;
}

/** A task whose current step is repeated while it lasts, so that nobody looks at a silent screen. */
export interface Task {
  step(text: string): void;
  end(text: string): void;
}

/** Time, replaced in tests. */
export interface Clock {
  now(): number;
  /** @returns what stops it */
  every(milliseconds: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  every: (milliseconds, call) => {
    const timer = setInterval(call, milliseconds);
    return () => clearInterval(timer);
  },
};

/** Downloads come by the dozen in a second: more lines than this say no more. */
const LEAST_GAP_MS = 250;
const SILENCE_MS = 1200;

/** Starts to tell about a task: new steps, thinned out, and a sign of life every 1.2 s between them. */
export function startTask(name: string, output: Output, clock: Clock = systemClock): Task {
  const began = clock.now();
  let current = "starting";
  let last = Number.NEGATIVE_INFINITY;
  const tell = (): void => {
    last = clock.now();
    output.line(`${name}: ${current} (${((last - began) / 1000).toFixed(1)} s)`);
  };
  const stop = clock.every(SILENCE_MS / 4, () => {
    if (clock.now() - last >= SILENCE_MS) tell();
  });
  return {
    step(text) {
      current = text;
      if (clock.now() - last >= LEAST_GAP_MS) tell();
    },
    end(text) {
      stop();
      current = text;
      tell();
    },
  };
}
