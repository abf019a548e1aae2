import type { CacheReading, EntryCache } from "./cache";
import type { EntryStore } from "./entries";
import type { Draft, Entry } from "./entry";
import { errorFields, type Log } from "./log";

export interface Listing {
  readonly entries: readonly Entry[];
  readonly cache: "hit" | "miss";
}

export interface Condition {
  readonly database: "up" | "down";
  readonly cache: "up" | "down";
}

/** Entries of the store behind the cache. A lost cache costs speed only; a lost store is an error. */
export class Guestbook {
  constructor(
    private readonly store: EntryStore,
    private readonly cache: EntryCache,
    private readonly log: Log,
  ) {}

  async list(): Promise<Listing> {
    const reading = await this.lenient<CacheReading>("read", () => this.cache.read());
    if (reading?.entries) return { entries: reading.entries, cache: "hit" };
    const entries = await this.store.latest();
    if (reading) await this.lenient("store", () => this.cache.store(reading.generation, entries));
    return { entries, cache: "miss" };
  }

  async add(draft: Draft, requestId?: string): Promise<Entry> {
    const entry = await this.store.add(draft, requestId);
    await this.lenient("invalidate", () => this.cache.invalidate());
    return entry;
  }

  async condition(): Promise<Condition> {
    const [database, cache] = await Promise.allSettled([this.store.check(), this.cache.check()]);
    if (database.status === "rejected") this.log("warn", "database unavailable", errorFields(database.reason));
    return { database: up(database), cache: up(cache) };
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.store.close(), this.cache.close()]);
  }

  private async lenient<T>(verb: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.log("warn", `cache ${verb} failed`, errorFields(error));
      return undefined;
    }
  }
}

function up(result: PromiseSettledResult<void>): "up" | "down" {
  return result.status === "fulfilled" ? "up" : "down";
}
