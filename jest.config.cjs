"use strict";

const swc = { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" }, sourceMaps: "inline" };

/** Packages without a CommonJS form: the program imports them as they are, jest cannot. */
const esm = "(age-encryption|@noble|@scure)/";
const swcOfEsm = { ...swc, jsc: { ...swc.jsc, parser: { syntax: "ecmascript" } } };

/** Suites differ only in which files they hold: those against a real daemon run one after the other, each by its own command. */
const suite = (displayName, testMatch, testPathIgnorePatterns = []) => ({
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/__tests__/${pattern}`),
  testPathIgnorePatterns,
  testEnvironment: "node",
  transform: { "\\.ts$": ["@swc/jest", swc], [`/node_modules/${esm}.*\\.js$`]: ["@swc/jest", swcOfEsm] },
  transformIgnorePatterns: [`/node_modules/(?!${esm})`],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out/", "<rootDir>/temp/"],
});

/** What holds the provider against all records of the public one, and against registries of all kinds and BuildKit: the long way, by its own command. */
const recordedFiles = "@(conformance|data-sources|image-buildkit|image-builds|registry-*|state-move)";
const recorded = "/provider/(conformance|data-sources|image-buildkit|image-builds|registry-.*|state-move)\\.daemon\\.test\\.ts$";

/** What makes swarms of its own engines. */
const swarm = "/provider/swarm-.*\\.daemon\\.test\\.ts$";

/** What takes a kernel of its own: `script/kernel` has it. */
const kernel = "\\.kernel\\.test\\.ts$";

module.exports = {
  projects: [
    suite("unit", ["**/*.test.ts"], ["\\.(daemon|long)\\.test\\.ts$", kernel, "<rootDir>/__tests__/(e2e|faults|hosts)/"]),
    suite("provider", ["@(doctor|provider)/**/*.daemon.test.ts"], [recorded, swarm]),
    suite("conformance", [`provider/${recordedFiles}.daemon.test.ts`]),
    suite("swarm", ["provider/swarm-*.daemon.test.ts"]),
    suite("faults", ["faults/*.test.ts"], [kernel]),
    suite("images", ["images/**/*.daemon.test.ts"]),
    { ...suite("hosts", ["hosts/**/*.test.ts"], [kernel]), setupFilesAfterEnv: ["<rootDir>/__tests__/e2e/patience.ts"] },
    { ...suite("long", ["**/*.long.test.ts"]), setupFilesAfterEnv: ["<rootDir>/__tests__/e2e/patience.ts"] },
    { ...suite("kernel", ["**/*.kernel.test.ts"]), setupFilesAfterEnv: ["<rootDir>/__tests__/e2e/patience.ts"] },
    {
      ...suite("e2e", ["e2e/**/*.test.ts"], ["\\.long\\.test\\.ts$", kernel]),
      // Most files share one deployed stack: it is removed before the first and after the last, and no other run of this host has it meanwhile.
      globalSetup: "<rootDir>/__tests__/e2e/setup.ts",
      globalTeardown: "<rootDir>/__tests__/e2e/teardown.ts",
      setupFilesAfterEnv: ["<rootDir>/__tests__/e2e/patience.ts"],
    },
  ],
};
