import { ConstructError } from "./errors";

/** One word of a POSIX shell, whatever it holds. */
const shellQuote = (text: string): string => (/^[\w.:/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** How often and how patiently the engine probes. */
export interface HealthTiming {
  /** Time between probes; the first comes after one interval. @default 3 */
  readonly intervalSeconds?: number;
  /** Time after which a probe counts as failed. @default 3 */
  readonly timeoutSeconds?: number;
  /** Failed probes in a row that make a container unhealthy. @default 5 */
  readonly retries?: number;
  /** Time in which failures do not count. @default 30 */
  readonly startPeriodSeconds?: number;
}

/** To the engine 0 means its own default, and it reports fractions of a second in another form. */
function requireWhole(what: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new ConstructError("HEALTH", `${what} must be a whole number of at least ${String(least)}, got ${String(value)}; use 3`);
}

/**
 * A probe that the engine runs inside the container: exit status 0 is healthy.
 *
 * @throws ConstructError `HEALTH` for a time that is no whole number of seconds
 */
export class Health {
  /**
   * A GET of a path that must answer 2xx or 3xx, on the service's port unless `port` names another. The image has to hold `wget` or `curl`.
   */
  static http(path: string, options: HealthTiming & { readonly port?: number } = {}): Health {
    const { port, ...timing } = options;
    return new Health((servicePort) => {
      const url = shellQuote(`http://127.0.0.1:${String(port ?? servicePort ?? 80)}${path}`);
      return ["CMD-SHELL", `wget -q -O /dev/null ${url} || curl -fsS -o /dev/null ${url}`];
    }, timing);
  }

  /** A command with its arguments, run without a shell. */
  static command(command: readonly string[], timing: HealthTiming = {}): Health {
    return new Health(() => ["CMD", ...command], timing);
  }

  /** A command line for the image's `/bin/sh`. */
  static shell(command: string, timing: HealthTiming = {}): Health {
    return new Health(() => ["CMD-SHELL", command], timing);
  }

  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly retries: number;
  readonly startPeriodSeconds: number;

  private constructor(
    private readonly probe: (port: number | undefined) => string[],
    timing: HealthTiming,
  ) {
    this.intervalSeconds = timing.intervalSeconds ?? 3;
    this.timeoutSeconds = timing.timeoutSeconds ?? 3;
    this.retries = timing.retries ?? 5;
    this.startPeriodSeconds = timing.startPeriodSeconds ?? 30;
    requireWhole("intervalSeconds", this.intervalSeconds, 1);
    requireWhole("timeoutSeconds", this.timeoutSeconds, 1);
    requireWhole("retries", this.retries, 1);
    requireWhole("startPeriodSeconds", this.startPeriodSeconds, 0);
  }

  /** The probe as Docker's `Test`: `CMD` and arguments, or `CMD-SHELL` and a line. */
  test(port?: number): string[] {
    return this.probe(port);
  }

  /** The longest time from start until the engine has decided: healthy or not. */
  get decisionSeconds(): number {
    return this.startPeriodSeconds + (this.intervalSeconds + this.timeoutSeconds) * (this.retries + 1);
  }
}
