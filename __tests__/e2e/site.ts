import { poll } from "./poll";

export interface Answer {
  readonly status: number;
  readonly cache: string | null;
  readonly replica: string | null;
  readonly text: string;
}

export interface SignedEntry {
  readonly id: number;
  readonly name: string;
  readonly message: string;
}

/** A visitor of the guestbook, through nginx. */
export class Site {
  constructor(readonly origin: string) {}

  async get(path: string): Promise<Answer> {
    return this.send(path);
  }

  async sign(name: string, message: string): Promise<SignedEntry> {
    const { status, text } = await this.send("/entries", JSON.stringify({ name, message }));
    if (status !== 201) throw new Error(`signing must answer 201, got ${status}: ${text.slice(0, 200)}`);
    return JSON.parse(text) as SignedEntry;
  }

  async entries(): Promise<SignedEntry[]> {
    const { status, text } = await this.get("/entries");
    if (status !== 200) throw new Error(`the list must answer 200, got ${status}: ${text.slice(0, 200)}`);
    return (JSON.parse(text) as { entries: SignedEntry[] }).entries;
  }

  /** The replicas that answered a number of requests. */
  async replicas(requests: number): Promise<Set<string>> {
    const seen = new Set<string>();
    for (let request = 0; request < requests; request++) seen.add((await this.get("/entries")).replica ?? "none");
    return seen;
  }

  /** Waits until the whole way through web, application and database works. */
  async ready(seconds: number): Promise<void> {
    await poll(`${this.origin} answers`, seconds, async () => ((await this.get("/entries")).status === 200 ? true : undefined));
  }

  private async send(path: string, body?: string): Promise<Answer> {
    const headers = { connection: "close", "content-type": "application/json" };
    const signal = AbortSignal.timeout(15_000);
    const init = body === undefined ? { headers, signal } : { method: "POST", headers, signal, body };
    const response = await fetch(`${this.origin}${path}`, init);
    const text = await response.text();
    return { status: response.status, cache: response.headers.get("x-cache"), replica: response.headers.get("x-replica"), text };
  }
}
