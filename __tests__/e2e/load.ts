import type { SharedStack } from "./shared-stack";
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

/** What visitors met while something changed; when it was not all well, also what nginx says of it. */
export async function loadDuring(shared: SharedStack, change: () => Promise<void>): Promise<LoadResult> {
  const load = new Load(shared.site);
  const since = new Date().toISOString();
  load.start();
  const { answered, failed } = await change().then(
    () => load.stop(),
    async (fault: unknown) => {
      await load.stop();
      throw fault;
    },
  );
  return { answered, failed: failed.length === 0 ? [] : [...failed, ...(await shared.webErrors(since))] };
}
