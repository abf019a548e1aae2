import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { ConstructError } from "../errors";
import type { RedisEviction, RedisKeeping, RedisPersistence } from "./redis-config";

export interface KeepingOptions {
  readonly persistence?: RedisPersistence;
  readonly eviction?: RedisEviction;
}

/**
 * What a server keeps, with the defaults of a store where there is a storage, and else of a cache.
 *
 * @throws ConstructError `REDIS_PERSISTENCE`, `REDIS_EVICTION` for what contradicts that
 */
export function keepingOf(redis: Construct, stored: boolean, { persistence, eviction }: KeepingOptions): RedisKeeping {
  const fail = (code: string, message: string): never => {
    throw new ConstructError(code, message, redis);
  };
  const keeping = { persistence: persistence ?? (stored ? "aof" : "none"), eviction: eviction ?? (stored ? "noeviction" : "allkeys-lru") };
  if (!stored && keeping.persistence !== "none")
    fail("REDIS_PERSISTENCE", `persistence must have a storage, got "${keeping.persistence}" without; give storage: Storage.volume()`);
  if (stored && keeping.persistence === "none")
    fail("REDIS_PERSISTENCE", 'persistence must write to the storage that is given, got "none"; leave storage out, or use "aof"');
  if (!stored && keeping.eviction === "noeviction")
    fail("REDIS_EVICTION", 'eviction must make room in a cache, got "noeviction", which refuses writes when it is full; use "allkeys-lru"');
  if (stored && keeping.eviction.startsWith("volatile-"))
    Annotations.of(redis).addWarning(
      `REDIS_EVICTION: ${redis.node.path} removes keys that it keeps on the disk: those that expire go before their time when memory is full ("${keeping.eviction}")`,
    );
  return keeping;
}
