import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RESOURCES } from "../../../provider/resources";
import { CONTAINER_ACTS } from "./container-acts";
import type { DriftTable } from "./case";
import { REGISTRY_IMAGE } from "./image-tables";
import { settable } from "./schema-paths";
import { TABLES } from "./tables";

const acts = ({ cases }: DriftTable): string[] => Object.keys(cases).filter((path) => cases[path]?.kind === "acted");

it.each(Object.entries(RESOURCES))("%s has a drift case for every attribute that a user can set, and for no other", (type, { schema }) => {
  const table = TABLES.find((candidate) => candidate.type === type);
  expect(Object.keys(table?.cases ?? {}).sort()).toEqual(settable(schema).sort());
});

it.each(Object.entries(REGISTRY_IMAGE.cases).filter(([, entry]) => entry.kind === "acted"))(
  "%s of a pushed image is lost in a test",
  (_path, entry) => {
    const proof = entry.kind === "acted" ? (entry.proof ?? "") : "";
    expect(readFileSync(join(__dirname, "..", proof), "utf8")).toContain(
      "pushes again when a trigger changes, and when the registry has lost the image",
    );
  },
);

it("has an act for each case of a container that is more than another value", () => {
  const [container] = TABLES.filter(({ type }) => type === "docker_container");
  expect(acts(container ?? { type: "", cases: {} }).sort()).toEqual(Object.keys(CONTAINER_ACTS).sort());
});

it("fails for an attribute without a case", () => {
  const schema = { version: 0, attributes: { a: { type: "string", optional: true }, b: { type: "string", computed: true } } } as const;
  const nested = { c: { nesting: "list", attributes: { d: { type: "number", required: true } } } } as const;
  expect(settable({ ...schema, blocks: nested })).toEqual(["a", "c.d"]);
});
