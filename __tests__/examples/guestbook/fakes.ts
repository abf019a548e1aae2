import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CacheReading, EntryCache } from "../../../examples/guestbook/cache";
import type { EntryStore } from "../../../examples/guestbook/entries";
import type { Draft, Entry } from "../../../examples/guestbook/entry";
import { Guestbook } from "../../../examples/guestbook/guestbook";
import type { Log } from "../../../examples/guestbook/log";
import { routes } from "../../../examples/guestbook/routes";

export class FakeStore implements EntryStore {
  readonly entries: Entry[] = [];
  private readonly byRequest = new Map<string, Entry>();
  reads = 0;
  closed = false;
  down = false;
  /** Runs within each read, before it answers. */
  onRead: () => Promise<void> = () => Promise.resolve();

  async check(): Promise<void> {
    await this.up();
  }

  async latest(): Promise<readonly Entry[]> {
    await this.up();
    this.reads += 1;
    const seen = [...this.entries].reverse();
    await this.onRead();
    return seen;
  }

  async add(draft: Draft, requestId?: string): Promise<Entry> {
    await this.up();
    const first = this.byRequest.get(requestId ?? "");
    if (first !== undefined) return first;
    const entry = { id: this.entries.length + 1, ...draft, createdAt: "2026-01-02T03:04:05.678Z" };
    this.entries.push(entry);
    if (requestId !== undefined) this.byRequest.set(requestId, entry);
    return entry;
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }

  private up(): Promise<void> {
    return this.down ? Promise.reject(new Error("connect ECONNREFUSED")) : Promise.resolve();
  }
}

export class FakeCache implements EntryCache {
  private generation = 1;
  private readonly lists = new Map<string, readonly Entry[]>();
  down = false;

  async read(): Promise<CacheReading> {
    await this.check();
    const generation = String(this.generation);
    return { generation, entries: this.lists.get(generation) };
  }

  async store(generation: string, entries: readonly Entry[]): Promise<void> {
    await this.check();
    this.lists.set(generation, entries);
  }

  async invalidate(): Promise<void> {
    await this.check();
    this.generation += 1;
  }

  check(): Promise<void> {
    return this.down ? Promise.reject(new Error("Socket closed unexpectedly")) : Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export interface Site {
  readonly store: FakeStore;
  readonly cache: FakeCache;
  readonly guestbook: Guestbook;
  readonly server: Server;
  readonly logged: string[];
  fetch(path: string, init?: RequestInit): Promise<Response>;
  postJson(value: unknown, headers?: Record<string, string>): Promise<Response>;
  postForm(fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

/** A guestbook on a port of its own, with a store and a cache in memory. */
export async function openSite(stopping: () => boolean = () => false): Promise<Site> {
  const store = new FakeStore();
  const cache = new FakeCache();
  const logged: string[] = [];
  const log: Log = (level, message, fields) => logged.push(JSON.stringify({ level, message, ...fields }));
  const guestbook = new Guestbook(store, cache, log);
  const server = createServer(routes({ guestbook, replica: "replica-1", log, stopping }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const send = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${origin}${path}`, { redirect: "manual", ...init });
  return {
    store,
    cache,
    guestbook,
    server,
    logged,
    fetch: send,
    postJson: (value, headers = {}) =>
      send("/entries", { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) }),
    postForm: (fields, headers = {}) => send("/entries", { method: "POST", headers, body: new URLSearchParams(fields) }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
