import { Attributes, isObject, type JsonObject } from "./attributes";
import { Declarations, type Declared } from "./declarations";
import type { RenderedProvider, RenderedStack } from "./rendered-container";
import type { ReadFile } from "./stack-files";

/**
 * Reads Terraform's JSON configuration, such as `cdk.tf.json`. What is written as an expression stays text, except where it leads to an image or
 * a volume of the same file.
 *
 * @returns undefined when it is no configuration
 */
export function fromTerraformJson(json: unknown, name: string, readFile: ReadFile): RenderedStack | undefined {
  if (!isObject(json) || !["resource", "data", "provider", "terraform", "module"].some((key) => key in json)) return undefined;
  const declared = [
    ...labelled(json["resource"]).flatMap(([type, bodies]) => labelled(bodies).map((entry) => resource(type, "", entry))),
    ...labelled(json["data"]).flatMap(([type, bodies]) => labelled(bodies).map((entry) => resource(type, "data.", entry))),
  ];
  const providers = labelled(json["provider"]).filter(([type]) => type === "docker");
  return {
    name,
    containers: new Declarations(declared, readFile).containers(),
    providers: providers.flatMap(([, bodies]) => objects(bodies)).map((body) => provider(new Attributes(body))),
  };
}

export function provider(attributes: Attributes): RenderedProvider {
  return { host: attributes.text("host"), tls: ["cert_path", "cert_material"].some((name) => attributes.text(name) !== "") };
}

function resource(type: string, prefix: string, [name, value]: readonly [string, unknown]): Declared {
  const body = objects(value)[0] ?? {};
  const address = `${prefix}${type}.${name}`;
  return { type, address, attributes: new Attributes(body), path: pathOf(body) ?? address };
}

/** Where cdktf writes the path of the construct. */
function pathOf(body: JsonObject): string | undefined {
  const comment = body["//"];
  const metadata = isObject(comment) ? comment["metadata"] : undefined;
  const path = isObject(metadata) ? metadata["path"] : undefined;
  return typeof path === "string" ? path : undefined;
}

/** Labels and bodies; Terraform takes a list of objects for an object everywhere. */
const labelled = (value: unknown): [string, unknown][] => objects(value).flatMap((object) => Object.entries(object));

const objects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value : [value]).filter(isObject);
