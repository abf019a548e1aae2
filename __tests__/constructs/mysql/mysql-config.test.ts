import fc from "fast-check";
import { ENGINES } from "../../../constructs/mysql/engine";
import { mariadbConfig, mariadbTuning } from "../../../constructs/mysql/mariadb-config";
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

describe("mariadbTuning", () => {
  it.each([
    [192, 64, 36],
    [256, 64, 40],
    [512, 256, 56],
  ])("gives %p MiB a pool of %p MiB and %p connections", (memoryMiB, bufferPoolMiB, maxConnections) => {
    expect(mariadbTuning(memoryMiB)).toMatchObject({ bufferPoolMiB, maxConnections });
  });
});

describe.each(Object.entries(ENGINES))("the configuration of %s", (_engine, { config, leastMemoryMiB, tuning }) => {
  it("sets each variable once", () => {
    const names = config(512)
      .split("\n")
      .map((line) => line.split("=")[0])
      .filter((line) => line !== "");
    expect(new Set(names).size).toBe(names.length);
    expect(config(512)).toContain("max_connections=56\n");
  });

  it("leaves room beside the pool in the least memory", () => {
    expect(tuning(leastMemoryMiB).bufferPoolMiB).toBe(64);
    expect(leastMemoryMiB).toBeGreaterThanOrEqual(192);
  });
});

describe("mariadbConfig", () => {
  it("has no name that MySQL alone knows", () => {
    const foreign = ["mysqlx", "redo_log_capacity", "doublewrite_pages", "temptable", "=NULL", "numa"];
    expect(foreign.filter((name) => !mysqlConfig(512).includes(name))).toEqual([]);
    expect(foreign.filter((name) => mariadbConfig(512).includes(name))).toEqual([]);
  });
});
