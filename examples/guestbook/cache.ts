import { randomUUID } from "node:crypto";
import { createClient } from "redis";
import type { Endpoint } from "./config";
import { withDeadline } from "./deadline";
import type { Entry } from "./entry";
import { errorFields, type Log } from "./log";

/** What was read, and under which generation to store it if nothing was there. */
export interface CacheReading {
  readonly generation: string;
  readonly entries: readonly Entry[] | undefined;
}

/**
 * A cache in generations: a reader stores under the generation that it saw before it asked the database, so a
 * slow reader can never bring an outdated list back after an invalidation.
 */
export interface EntryCache {
  read(): Promise<CacheReading>;
  store(generation: string, entries: readonly Entry[]): Promise<void>;
  invalidate(): Promise<void>;
  check(): Promise<void>;
  close(): Promise<void>;
}

const GENERATION = "guestbook:generation";
/** Bounds how long a list stays that an unreachable cache could not be told to drop. */
const LIFETIME_SECONDS = 30;
const ANSWER_TIMEOUT_MS = 500;

export class RedisEntries implements EntryCache {
  private readonly client: ReturnType<typeof connect>;

  constructor(endpoint: Endpoint, log: Log) {
    this.client = connect(endpoint, log);
  }

  read(): Promise<CacheReading> {
    return this.inTime(this.readLatest());
  }

  async store(generation: string, entries: readonly Entry[]): Promise<void> {
    const expiration = { type: "EX", value: LIFETIME_SECONDS } as const;
    await this.inTime(this.client.set(listKey(generation), JSON.stringify(entries), { expiration }));
  }

  async invalidate(): Promise<void> {
    await this.inTime(this.client.del(GENERATION));
  }

  async check(): Promise<void> {
    await this.inTime(this.client.ping());
  }

  async close(): Promise<void> {
    if (this.client.isReady) await this.client.close();
    else if (this.client.isOpen) this.client.destroy();
  }

  private async readLatest(): Promise<CacheReading> {
    const generation = (await this.client.get(GENERATION)) ?? (await this.begin());
    const list = await this.client.get(listKey(generation));
    return { generation, entries: list === null ? undefined : (JSON.parse(list) as Entry[]) };
  }

  /** Two readers may meet here: the first one's generation wins. */
  private async begin(): Promise<string> {
    const generation = randomUUID();
    const earlier = await this.client.set(GENERATION, generation, { condition: "NX", GET: true });
    return earlier ?? generation;
  }

  private inTime<T>(work: Promise<T>): Promise<T> {
    return withDeadline(work, ANSWER_TIMEOUT_MS, "the cache");
  }
}

function listKey(generation: string): string {
  return `guestbook:entries:${generation}`;
}

function connect({ host, port, password }: Endpoint, log: Log) {
  const client = createClient({
    password,
    // Without Redis the entries come from the database at once: nothing waits for it to return.
    disableOfflineQueue: true,
    pingInterval: 3000,
    socket: { host, port, connectTimeout: 2000, socketTimeout: 10_000, reconnectStrategy: backoff },
  });
  client.on("error", (error: unknown) => {
    log("warn", "cache unavailable", errorFields(error));
  });
  client.on("ready", () => {
    log("info", "cache connected");
  });
  // It goes on connecting by itself; faults arrive as "error" events.
  client.connect().catch(() => undefined);
  return client;
}

function backoff(retries: number): number {
  return Math.min(100 * 2 ** retries, 2000);
}
