import { RESOURCES } from "../../../provider/resources";
import { CONTAINER_ACTS } from "./container-acts";
import type { DriftTable } from "./case";
import { settable } from "./schema-paths";
import { TABLES } from "./tables";

const schemaOf = (type: string) => RESOURCES[type]?.schema ?? { version: 0, attributes: {} };
const acts = ({ cases }: DriftTable): string[] => Object.keys(cases).filter((path) => cases[path]?.kind === "acted");

describe.each(TABLES.map((table) => [table.type, table] as const))("the drift of %s", (type, table) => {
  it("has a case for every attribute that a user can set, and for no other", () => {
    expect(Object.keys(table.cases).sort()).toEqual(settable(schemaOf(type)).sort());
  });
});

it("has an act for each case of a container that is more than another value", () => {
  const [container] = TABLES.filter(({ type }) => type === "docker_container");
  expect(acts(container ?? { type: "", cases: {} }).sort()).toEqual(Object.keys(CONTAINER_ACTS).sort());
});

it("fails for an attribute without a case", () => {
  const schema = { version: 0, attributes: { a: { type: "string", optional: true }, b: { type: "string", computed: true } } } as const;
  const nested = { c: { nesting: "list", attributes: { d: { type: "number", required: true } } } } as const;
  expect(settable({ ...schema, blocks: nested })).toEqual(["a", "c.d"]);
});
