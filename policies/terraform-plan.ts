import { Attributes, isObject, type JsonObject } from "./attributes";
import { Declarations, withoutIndexes, type Declared } from "./declarations";
import type { RenderedStack } from "./rendered-container";
import type { ReadFile } from "./stack-files";
import { provider } from "./terraform-json";

/** Label by which our containers know their construct. */
const PATH_LABEL = "docker-tiers.path";

/**
 * Reads what `terraform show -json PLAN` prints.
 *
 * @returns undefined when it is no plan
 */
export function fromTerraformPlan(json: unknown, name: string, readFile: ReadFile): RenderedStack | undefined {
  if (!isObject(json) || !isObject(json["planned_values"])) return undefined;
  const configured = configuredResources(child(json, "configuration", "root_module"), "");
  const values = [child(json, "planned_values", "root_module"), child(json, "prior_state", "values", "root_module")];
  const [planned = [], prior = []] = values.map((module) => valuesOf(module).map((resource) => declared(resource, configured)));
  const sources = prior.filter(({ address }) => address.startsWith("data.") || address.includes(".data."));
  return {
    name,
    containers: new Declarations([...planned, ...sources], readFile).containers(),
    providers: providersOf(child(json, "configuration", "provider_config")),
  };
}

function declared(resource: JsonObject, configured: ReadonlyMap<string, JsonObject>): Declared {
  const [address, type] = [text(resource["address"]), text(resource["type"])];
  const attributes = new Attributes(child(resource, "values"));
  const labels = attributes.blocks("labels").find((label) => label.text("label") === PATH_LABEL);
  const expressions = configured.get(withoutIndexes(address)) ?? {};
  const image = type === "docker_container" ? reference(child(expressions, "image"), address) : undefined;
  return { type, address, attributes, path: labels?.text("value") ?? address, image };
}

/** What an image's expression refers to, as an expression: of the same index, where both are many. Undefined for a constant. */
function reference(expression: JsonObject, container: string): string | undefined {
  const references = expression["references"];
  const targets = Array.isArray(references) ? references.map((each) => withoutIndexes(text(each))) : [];
  const target = targets.find((each) => /^(data\.)?docker_\w+\.[\w-]+$/.test(each));
  if (target === undefined) return undefined;
  const [module = ""] = /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*/.exec(container) ?? [];
  const [index = ""] = /\[[^\]]*\]$/.exec(container) ?? [];
  return `\${${module}${target}${index}}`;
}

/** The resources of a module and of those below it. */
function valuesOf(module: JsonObject): JsonObject[] {
  return [...objects(module["resources"]), ...objects(module["child_modules"]).flatMap(valuesOf)];
}

/** Expressions by address without indexes. */
function configuredResources(module: JsonObject, prefix: string): Map<string, JsonObject> {
  const own = objects(module["resources"]).map((resource): [string, JsonObject] => [
    prefix + text(resource["address"]),
    child(resource, "expressions"),
  ]);
  const calls = Object.entries(child(module, "module_calls"));
  const below = calls.flatMap(([name, call]) => [
    ...configuredResources(isObject(call) ? child(call, "module") : {}, `${prefix}module.${name}.`),
  ]);
  return new Map([...own, ...below]);
}

function providersOf(configs: JsonObject): ReturnType<typeof provider>[] {
  return Object.values(configs)
    .filter(isObject)
    .filter((config) => text(config["name"]) === "docker")
    .map((config) => {
      const expressions = Object.entries(child(config, "expressions"));
      return provider(new Attributes(Object.fromEntries(expressions.map(([key, value]) => [key, constant(value)]))));
    });
}

/** What refers to something else is there, though not known. */
const constant = (expression: unknown): unknown => (isObject(expression) ? (expression["constant_value"] ?? "known at plan") : undefined);

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

function child(of: JsonObject, ...keys: readonly string[]): JsonObject {
  return keys.reduce<JsonObject>((object, key) => {
    const value = object[key];
    return isObject(value) ? value : {};
  }, of);
}
