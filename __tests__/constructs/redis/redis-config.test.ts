import fc from "fast-check";
import { redisConfig } from "../../../constructs/redis/redis-config";

const CACHE = { persistence: "none", eviction: "allkeys-lru" } as const;
const STORE = { persistence: "aof", eviction: "noeviction" } as const;

const maxmemory = (config: string): number => Number(/^maxmemory (\d+)mb$/m.exec(config)?.[1]);

describe("redisConfig", () => {
  it("keeps the data below the cap: three quarters of a cache, half of a store that forks", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 65_536 }), (memoryMiB) => {
        expect(maxmemory(redisConfig(memoryMiB, CACHE))).toBe(Math.floor(memoryMiB * 0.75));
        expect(maxmemory(redisConfig(memoryMiB, STORE))).toBe(Math.floor(memoryMiB / 2));
      }),
    );
  });

  it.each([
    ["none", 'save ""', "appendonly no"],
    ["rdb", "save 3600 1 300 100 60 10000", "appendonly no"],
    ["aof", 'save ""', "appendonly yes\nappendfsync everysec"],
    ["rdb+aof", "save 3600 1 300 100 60 10000", "appendonly yes\nappendfsync everysec"],
  ] as const)("writes by %s what it says", (persistence, snapshots, log) => {
    const config = redisConfig(64, { persistence, eviction: "volatile-ttl" });
    expect(config).toContain(`\n${snapshots}\nmaxmemory`);
    expect(config).toContain(`mb\n${log}\nmaxmemory-policy volatile-ttl\n`);
  });

  it("ends with a line end, so that the password can follow", () => {
    expect(redisConfig(64, CACHE)).toMatch(/\n$/);
  });
});
