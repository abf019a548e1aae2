import { HASH_LABEL, PACKAGE_LABEL, RECIPE_LABEL, ROOTFS_LABEL } from "./image-config";
import { imageName, type PackageRecipe } from "./recipe";

/** A component as CycloneDX 1.6 writes it, as far as we know of one. */
interface Component {
  readonly type: "application" | "container" | "library";
  readonly "bom-ref": string;
  readonly name: string;
  readonly version?: string;
  readonly purl?: string;
  readonly hashes?: readonly { readonly alg: "SHA-256"; readonly content: string }[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
  readonly components?: readonly Component[];
}

/** An image from packages as a host has it. */
export interface BomImage {
  readonly recipe: PackageRecipe;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * The bill of materials of images from packages, in CycloneDX 1.6: every package with its exact version and the sha256 of its file, as the
 * labels tell. It holds no time and no random number, so the same images give the same text.
 *
 * @param name - what consists of the images, such as an environment
 */
export function imagesBom(name: string, images: readonly BomImage[]): object {
  const components = images.map(container);
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { type: "application", "bom-ref": name, name } satisfies Component },
    components,
    dependencies: [
      { ref: name, dependsOn: components.map((each) => each["bom-ref"]) },
      ...components.map((each) => ({ ref: each["bom-ref"], dependsOn: (each.components ?? []).map((library) => library["bom-ref"]) })),
    ],
  };
}

function container({ recipe, labels }: BomImage): Component {
  const reference = imageName(recipe);
  const packages = Object.entries(labels).filter(([label]) => label.startsWith(PACKAGE_LABEL));
  return {
    type: "container",
    "bom-ref": reference,
    name: reference.replace(/:[^:]*$/, ""),
    version: reference.replace(/^.*:/, ""),
    hashes: hashOf(labels[ROOTFS_LABEL]),
    properties: [{ name: RECIPE_LABEL, value: labels[RECIPE_LABEL] ?? "" }],
    components: packages.sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, version]) => library(recipe, labels, label, version)),
  };
}

function library(recipe: PackageRecipe, labels: BomImage["labels"], label: string, version: string): Component {
  const name = label.slice(PACKAGE_LABEL.length);
  const purl = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?distro=${encodeURIComponent(recipe.suite)}`;
  // The same package is part of several images: a reference names one of them.
  return {
    type: "library",
    "bom-ref": `${imageName(recipe)}#${name}`,
    name,
    version,
    purl,
    hashes: hashOf(labels[`${HASH_LABEL}${name}`]),
  };
}

/** None for an image whose build did not keep it. */
const hashOf = (hash: string | undefined): NonNullable<Component["hashes"]> =>
  hash === undefined ? [] : [{ alg: "SHA-256", content: hash.replace(/^sha256:/, "") }];
