import type { Attributes } from "./attributes";
import type { RenderedContainer } from "./rendered-container";
import type { RenderedImage } from "./rendered-image";
import type { ReadFile } from "./stack-files";

/** A resource or a data source. */
export interface Declared {
  readonly type: string;
  /** Without `data.` for a resource. */
  readonly address: string;
  readonly path: string;
  readonly attributes: Attributes;
  /** What the image is said to be, where the attributes do not hold it. @default - the attribute `image` */
  readonly image?: string | undefined;
}

/** An expression that is a reference and nothing else. */
const REFERENCE = /^\$\{\s*((?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(?:data\.)?docker_\w+\.[\w-]+(?:\[[^\]]*\])?)(?:\.\w+)?\s*\}$/;

/** An address as it stands in the configuration: `docker_image.web["a"]` without its index. */
export const withoutIndexes = (address: string): string => address.replace(/\[[^\]]*\]/g, "");

/** Resources and data sources that refer to each other. */
export class Declarations {
  private readonly byAddress: ReadonlyMap<string, Declared>;

  constructor(
    private readonly declared: readonly Declared[],
    private readonly readFile: ReadFile,
  ) {
    const loosely = declared.map((each): [string, Declared] => [withoutIndexes(each.address), each]);
    this.byAddress = new Map([...loosely.reverse(), ...declared.map((each): [string, Declared] => [each.address, each])]);
  }

  /** The containers, in the order in which they are declared. */
  containers(): RenderedContainer[] {
    return this.declared
      .filter(({ type }) => type === "docker_container")
      .map(({ path, address, attributes, image }) => {
        const resolved = this.imageOf(image ?? attributes.text("image"));
        return { path, address, attributes, hostPaths: this.hostPaths(attributes), ...(resolved === undefined ? {} : { image: resolved }) };
      });
  }

  private imageOf(text: string): RenderedImage | undefined {
    const source = this.find(text);
    if (source === undefined) return text === "" || text.includes("${") ? undefined : { reference: text };
    const name = this.imageOf(source.attributes.text("name"));
    const [build] = source.attributes.blocks("build");
    if (name === undefined || build === undefined) return name;
    return { ...name, ...this.buildOf(build, [name.reference]) };
  }

  private buildOf(build: Attributes, above: readonly string[]): Omit<RenderedImage, "reference"> {
    const file = build.text("dockerfile") || "Dockerfile";
    const dockerfile = this.readFile(`${build.text("context")}/${file}`);
    const buildArgs = build.map("build_args");
    const bases = Object.values(buildArgs).flatMap((reference) => this.builtAs(reference, above));
    const target = build.text("target");
    return {
      buildArgs,
      ...(dockerfile === undefined ? {} : { dockerfile }),
      ...(target === "" ? {} : { target }),
      ...(bases.length === 0 ? {} : { bases }),
    };
  }

  /** Images of that name which are built here; none that would stand on itself. */
  private builtAs(reference: string, above: readonly string[]): RenderedImage[] {
    if (above.includes(reference)) return [];
    const images = this.declared.filter(({ type, attributes }) => type === "docker_image" && attributes.text("name") === reference);
    return images.flatMap(({ attributes }) =>
      attributes.blocks("build").map((build) => ({ reference, ...this.buildOf(build, [...above, reference]) })),
    );
  }

  private hostPaths(attributes: Attributes): string[] {
    const bound = (source: string): string[] => {
      const volume =
        this.find(source) ?? this.declared.find(({ type, attributes: of }) => type === "docker_volume" && of.text("name") === source);
      const device = volume?.attributes.map("driver_opts")["device"];
      return device === undefined ? [] : [device];
    };
    const mounts = attributes.blocks("mounts").map((mount) => ({ type: mount.text("type"), source: mount.text("source") }));
    const volumes = attributes.blocks("volumes").map((volume) => ({ host: volume.text("host_path"), name: volume.text("volume_name") }));
    return [
      ...mounts.flatMap(({ type, source }) => (type === "bind" ? [source] : type === "volume" ? bound(source) : [])),
      ...volumes.flatMap(({ host, name }) => (host === "" ? bound(name) : [host])),
    ].filter((path) => path.startsWith("/"));
  }

  private find(text: string): Declared | undefined {
    const address = REFERENCE.exec(text)?.[1] ?? "";
    return this.byAddress.get(address) ?? this.byAddress.get(withoutIndexes(address));
  }
}
