/** What is written to the disk: nothing, a snapshot after enough changes, a log of every change synced each second, or both. */
export type RedisPersistence = "none" | "rdb" | "aof" | "rdb+aof";

/** What goes when memory is full: nothing, so that writes are refused, or keys, of all or of those that expire. */
export type RedisEviction =
  "noeviction" | "allkeys-lru" | "allkeys-lfu" | "allkeys-random" | "volatile-lru" | "volatile-lfu" | "volatile-random" | "volatile-ttl";

/** How a server keeps its data. */
export interface RedisKeeping {
  readonly persistence: RedisPersistence;
  readonly eviction: RedisEviction;
}

/** Part of the cap that data may take: buffers of clients and fragmentation need the rest. */
const CACHE_SHARE = 0.75;
/** Writing a file forks, and pages that change meanwhile are held twice. */
const STORE_SHARE = 0.5;

/** After an hour with a change, 5 minutes with 100, or one with 10,000: the server's own defaults. */
const SNAPSHOTS = "save 3600 1 300 100 60 10000";

/** Settings for one container of that size. */
export function redisConfig(memoryMiB: number, { persistence, eviction }: RedisKeeping): string {
  const maxmemory = Math.floor(memoryMiB * (persistence === "none" ? CACHE_SHARE : STORE_SHARE));
  const [snapshots, log] = [persistence.includes("rdb"), persistence.includes("aof")];
  return [
    "bind 0.0.0.0",
    "port 6379",
    "protected-mode no",
    "dir /data",
    snapshots ? SNAPSHOTS : 'save ""',
    `maxmemory ${String(maxmemory)}mb`,
    ...(log ? ["appendonly yes", "appendfsync everysec"] : ["appendonly no"]),
    `maxmemory-policy ${eviction}`,
    "",
  ].join("\n");
}
