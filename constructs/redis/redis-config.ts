/** Part of the cap that data may take: buffers of clients and fragmentation need the rest. */
const CACHE_SHARE = 0.75;
/** Rewriting the append-only file forks, and pages that change meanwhile are held twice. */
const STORE_SHARE = 0.5;

/** @param persistent - keep an append-only file, synced every second, and refuse writes rather than evict */
export function redisConfig(memoryMiB: number, persistent: boolean): string {
  const maxmemory = Math.floor(memoryMiB * (persistent ? STORE_SHARE : CACHE_SHARE));
  const mode = persistent
    ? ["appendonly yes", "appendfsync everysec", "maxmemory-policy noeviction"]
    : ["appendonly no", "maxmemory-policy allkeys-lru"];
  return ["bind 0.0.0.0", "port 6379", "protected-mode no", "dir /data", 'save ""', `maxmemory ${String(maxmemory)}mb`, ...mode, ""].join(
    "\n",
  );
}
