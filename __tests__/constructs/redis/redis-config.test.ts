import fc from "fast-check";
import { redisConfig } from "../../../constructs/redis/redis-config";

const maxmemory = (config: string): number => Number(/^maxmemory (\d+)mb$/m.exec(config)?.[1]);

describe("redisConfig", () => {
  it("keeps the data below the cap: three quarters of a cache, half of a store that forks", () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 65_536 }), (memoryMiB) => {
        expect(maxmemory(redisConfig(memoryMiB, false))).toBe(Math.floor(memoryMiB * 0.75));
        expect(maxmemory(redisConfig(memoryMiB, true))).toBe(Math.floor(memoryMiB / 2));
      }),
    );
  });

  it("ends with a line end, so that the password can follow", () => {
    expect(redisConfig(64, false)).toMatch(/\n$/);
  });
});
