import fc from "fast-check";
import { mysqlConfig, mysqlTuning } from "../../../constructs/mysql/mysql-config";

const memory = fc.integer({ min: 256, max: 65_536 });

describe("mysqlTuning", () => {
  it.each([
    [256, 64, 40],
    [512, 224, 56],
    [1024, 576, 88],
    [16_384, 11_328, 400],
  ])("gives %p MiB a pool of %p MiB and %p connections", (memoryMiB, bufferPoolMiB, maxConnections) => {
    expect(mysqlTuning(memoryMiB)).toMatchObject({ bufferPoolMiB, maxConnections });
  });

  it("leaves room beside the pool at every size, and a thread for every connection", () => {
    fc.assert(
      fc.property(memory, (memoryMiB) => {
        const { bufferPoolMiB, maxConnections, pidsLimit } = mysqlTuning(memoryMiB);
        expect(bufferPoolMiB).toBeLessThanOrEqual(memoryMiB - 192);
        expect(bufferPoolMiB % 32).toBe(0);
        expect(pidsLimit).toBeGreaterThan(maxConnections + 32);
      }),
    );
  });

  it("never takes away when memory is added", () => {
    fc.assert(
      fc.property(memory, fc.nat(4096), (memoryMiB, more) => {
        expect(mysqlTuning(memoryMiB + more).bufferPoolMiB).toBeGreaterThanOrEqual(mysqlTuning(memoryMiB).bufferPoolMiB);
      }),
    );
  });
});

describe("mysqlConfig", () => {
  it("sets each variable once", () => {
    const names = mysqlConfig(512)
      .split("\n")
      .map((line) => line.split("=")[0])
      .filter((line) => line !== "");
    expect(new Set(names).size).toBe(names.length);
    expect(mysqlConfig(512)).toContain("max_connections=56\n");
  });
});
