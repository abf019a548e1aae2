import { join } from "node:path";
import { RESOURCES } from "../../../provider/resources";
import { hasTitle } from "../../docs/test-title";
import { CONTAINER_ACTS } from "./container-acts";
import type { DriftTable } from "./case";
import { CONTAINER } from "./container-table";
import { PROOFS } from "./proofs";
import { settable } from "./schema-paths";
import { TABLES } from "./tables";

const acts = ({ cases }: DriftTable): string[] => Object.keys(cases).filter((path) => cases[path]?.kind === "acted");

it.each(Object.entries(RESOURCES))("%s has a drift case for every attribute that a user can set, and for no other", (type, { schema }) => {
  const table = TABLES.find((candidate) => candidate.type === type);
  expect(Object.keys(table?.cases ?? {}).sort()).toEqual(settable(schema).sort());
});

it.each(TABLES.map((table) => [table.type, table] as const))(
  "%s has a test for each act, and for each reason why an engine cannot tell",
  (type, table) => {
    const reasons = Object.values(table.cases).flatMap((entry) => (entry.kind === "unseen" ? [entry.reason.name] : []));
    // Those of a container are a table of their own.
    const wanted = table === CONTAINER ? reasons : [...acts(table), ...reasons];
    const proofs = PROOFS[type] ?? {};
    expect(Object.keys(proofs).sort()).toEqual([...new Set(wanted)].sort());
    expect(Object.values(proofs).filter((proof) => !isTest(proof))).toEqual([]);
  },
);

it("fails to take for a test what no file has as a title", () => {
  expect(isTest("drift/image.daemon.test.ts › a source for another image")).toBe(true);
  expect(isTest("drift/image.daemon.test.ts › a source for another")).toBe(false);
});

it("has an act for each case of a container that is more than another value", () => {
  expect(acts(CONTAINER).sort()).toEqual(Object.keys(CONTAINER_ACTS).sort());
});

it("fails for an attribute without a case", () => {
  const schema = { version: 0, attributes: { a: { type: "string", optional: true }, b: { type: "string", computed: true } } } as const;
  const nested = { c: { nesting: "list", attributes: { d: { type: "number", required: true } } } } as const;
  expect(settable({ ...schema, blocks: nested })).toEqual(["a", "c.d"]);
});

/** True when the file has a test of exactly this title. */
function isTest(proof: string): boolean {
  const [file = "", title = ""] = proof.split(" › ");
  return hasTitle(join(__dirname, "..", file), title);
}
