import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { AssetType, TerraformAsset, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { ImageBuild } from "@cdktf/provider-docker/lib/image";
import type { IContainerImage } from "./bound-image";
import { directoryFiles } from "../directory-files";
import { ConstructError } from "../errors";
import { contentHash } from "../hash";

export interface BuildOptions {
  /** Name of the image without a tag, such as `shop`. */
  readonly name: string;
  /** Path of the Dockerfile in the directory. @default "Dockerfile" */
  readonly dockerfile?: string;
  /** Values of the Dockerfile's `ARG`s; an image stands for its name. No secrets: they stay in the image's history. @default - none */
  readonly buildArgs?: Readonly<Record<string, string | IContainerImage>>;
  /** Stage to build. @default - the last */
  readonly target?: string;
  /** Platform to build for, such as `linux/arm64`. @default - the host's */
  readonly platform?: string;
}

/** A directory that an image is built from. */
export class BuildContext {
  private readonly directory: string;
  private known: string | undefined;

  constructor(
    directory: string,
    private readonly options: BuildOptions,
  ) {
    this.directory = resolve(directory);
  }

  /** Hexadecimal SHA-256 over everything that decides the image's content. */
  get hash(): string {
    const { target, platform } = this.options;
    return (this.known ??= contentHash({
      files: directoryFiles(this.directory),
      dockerfile: this.dockerfile,
      args: this.buildArgs,
      target,
      platform,
    }));
  }

  get reference(): string {
    return `localhost/docker-tiers/${this.options.name}:${this.hash.slice(0, 12)}`;
  }

  /** @throws ConstructError `BUILD_CONTEXT` */
  requireDockerfile(at: IConstruct): void {
    const file = join(this.directory, this.dockerfile);
    if (existsSync(file)) return;
    const shown = relative(process.cwd(), file);
    throw new ConstructError(
      "BUILD_CONTEXT",
      `build directory must hold a ${this.dockerfile}, got none at ${shown}; write it, or run npm run build if that makes it`,
      at,
    );
  }

  /** The images that build arguments stand for. */
  get baseImages(): IContainerImage[] {
    return Object.values(this.options.buildArgs ?? {}).filter((value): value is IContainerImage => typeof value !== "string");
  }

  /** The provider's `build` block; the directory becomes an asset of the stack, so that no path of this machine is in the output. */
  render(stack: TerraformStack, id: string): ImageBuild {
    const asset = new TerraformAsset(stack, `${id}-context`, {
      path: this.directory,
      type: AssetType.DIRECTORY,
      assetHash: this.hash.slice(0, 32),
    });
    return {
      context: asset.path,
      dockerfile: this.dockerfile,
      ...(Object.keys(this.buildArgs).length === 0 ? {} : { buildArgs: this.buildArgs }),
      ...(this.options.target === undefined ? {} : { target: this.options.target }),
      ...(this.options.platform === undefined ? {} : { platform: this.options.platform }),
    };
  }

  private get dockerfile(): string {
    return this.options.dockerfile ?? "Dockerfile";
  }

  private get buildArgs(): Record<string, string> {
    const values = Object.entries(this.options.buildArgs ?? {});
    return Object.fromEntries(values.map(([name, value]) => [name, typeof value === "string" ? value : value.reference]));
  }
}
