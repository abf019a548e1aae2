import type { Site } from "./site";

export interface LoadResult {
  readonly answered: number;
  /** What was answered or happened instead. */
  readonly failed: readonly string[];
}

/** Visitors who read and sign one request after the other. */
export class Load {
  private running = true;
  private answered = 0;
  private readonly failed: string[] = [];
  private visitors: Promise<void>[] = [];

  constructor(
    private readonly site: Site,
    private readonly concurrency = 4,
  ) {}

  start(): void {
    this.visitors = Array.from({ length: this.concurrency }, (_, index) => this.visit(index));
  }

  async stop(): Promise<LoadResult> {
    this.running = false;
    await Promise.all(this.visitors);
    return { answered: this.answered, failed: this.failed };
  }

  private async visit(index: number): Promise<void> {
    for (let request = 0; this.running; request++) {
      try {
        // Every fourth request writes.
        if (request % 4 === 3) await this.site.sign(`visitor ${index}`, `request ${request}`);
        else await this.site.entries();
        this.answered += 1;
      } catch (error) {
        this.failed.push(error instanceof Error ? error.message : String(error));
      }
    }
  }
}
