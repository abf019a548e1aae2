import { SERVICE_SCHEMA } from "../../provider/resources/service-schema";
import type { Block } from "../../provider/schema";
import { FULL_TF, REST_TF } from "./swarm-full";

/** Attributes and blocks by their path: `task_spec.container_spec`. */
function paths(block: Block, at = ""): string[] {
  const own = Object.keys(block.attributes).map((name) => at + name);
  return [...own, ...Object.entries(block.blocks ?? {}).flatMap(([name, nested]) => [at + name, ...paths(nested, `${at}${name}.`)])];
}

/** The same of the services in a configuration that has one attribute or bracket on each line. */
function written(tf: string): Set<string> {
  const found = new Set<string>();
  const open: string[] = [];
  for (const line of tf.split("\n").map((text) => text.trim())) {
    const [, type, block, attribute] = /^(?:resource "(\w+)" .*\{|(\w+) \{|(\w+) += .*)$/.exec(line) ?? [];
    const name = block ?? attribute;
    if (name !== undefined && open[0] === "docker_service") found.add([...open.slice(1), name].join("."));
    if (type !== undefined || block !== undefined) open.push(type ?? block ?? "");
    if (line === "}") open.pop();
  }
  return found;
}

it("the configurations of a full service have every attribute and block of the schema but its id", () => {
  const all = paths(SERVICE_SCHEMA).filter((path) => path !== "id");
  expect([...written(FULL_TF + REST_TF)].sort()).toEqual(all.sort());
});
