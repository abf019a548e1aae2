import { ConstructError } from "../errors";

/** Requests that a visitor's address may have answered in a time; what is more gets 429. */
export class RateLimit {
  /**
   * @param burst - requests above the rate that are taken at once, before any is refused; default: the requests of one second
   * @throws ConstructError `RATE_LIMIT` for what is no whole number of 1 to 10000
   */
  static perSecond(requests: number, burst = requests): RateLimit {
    return new RateLimit(requests, "s", burst);
  }

  /**
   * @param burst - requests above the rate that are taken at once, before any is refused; default: a tenth of a minute's
   * @throws ConstructError `RATE_LIMIT` for what is no whole number of 1 to 10000
   */
  static perMinute(requests: number, burst = Math.ceil(requests / 10)): RateLimit {
    return new RateLimit(requests, "m", burst);
  }

  private constructor(
    private readonly requests: number,
    private readonly unit: "s" | "m",
    /** nginx's `burst`, with `nodelay`. */
    readonly burst: number,
  ) {
    for (const [what, value] of Object.entries({ requests, burst })) {
      if (Number.isInteger(value) && value >= 1 && value <= 10_000) continue;
      throw new ConstructError("RATE_LIMIT", `${what} must be a whole number of 1 to 10000, got ${String(value)}; use 10`);
    }
  }

  /** nginx's `rate`, such as `10r/s`. */
  get rate(): string {
    return `${String(this.requests)}r/${this.unit}`;
  }
}
