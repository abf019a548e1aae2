import { readFileSync, readlinkSync, statSync } from "node:fs";
import { join, posix, relative, resolve } from "node:path";
import type { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import type { ImageBuild } from "@cdktf/provider-docker/lib/image";
import { contextFiles, type ContextFile } from "../../engine/context-files";
import { directoryFile } from "../directory-files";
import { ConstructError } from "../errors";
import { contentHash } from "../hash";
import { literal } from "../literal";
import type { IContainerImage } from "./bound-image";
import { addBuildAsset } from "./build-asset";
import { requireBuildOptions, type BuildOptions } from "./build-options";

/** A directory that an image is built from, without what its `.dockerignore` leaves out. */
export class BuildContext {
  private readonly directory: string;
  private known: { readonly hash: string; readonly files: readonly ContextFile[] } | undefined;

  constructor(
    directory: string,
    private readonly options: BuildOptions,
  ) {
    this.directory = resolve(directory);
  }

  /** Hexadecimal SHA-256 over everything that decides the image's content. */
  get hash(): string {
    return this.load().hash;
  }

  get reference(): string {
    return `localhost/docker-tiers/${this.options.name}:${this.hash.slice(0, 12)}`;
  }

  /** @throws ConstructError `BUILD_CONTEXT` without a Dockerfile, and those of {@link requireBuildOptions} */
  require(at: IConstruct): void {
    const file = join(this.directory, this.dockerfile);
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
      const shown = relative(process.cwd(), file);
      throw new ConstructError(
        "BUILD_CONTEXT",
        `build directory must hold a ${this.dockerfile}, got none at ${shown}; write it, or run npm run build if that makes it`,
        at,
      );
    }
    requireBuildOptions(this.options, readFileSync(file, "utf8"), at);
  }

  /** The images that build arguments stand for. */
  get baseImages(): IContainerImage[] {
    return Object.values(this.options.buildArgs ?? {}).filter((value): value is IContainerImage => typeof value !== "string");
  }

  /** The provider's `build` block; the files become an asset of the stack, so that no path of this machine is in the output. */
  render(stack: TerraformStack, id: string): ImageBuild {
    const { hash, files } = this.load();
    const { target, platform, labels } = this.options;
    return {
      context: addBuildAsset(stack, { id, directory: this.directory, files, hash }),
      dockerfile: this.dockerfile,
      ...(Object.keys(this.buildArgs).length === 0 ? {} : { buildArgs: literals(this.buildArgs) }),
      ...(labels === undefined || Object.keys(labels).length === 0 ? {} : { labels: literals(labels) }),
      ...(target === undefined ? {} : { target }),
      ...(platform === undefined ? {} : { platform }),
    };
  }

  /**
   * Reads the files, once.
   *
   * @throws ConstructError `BUILD_CONTEXT` for one that cannot be read
   */
  load(at?: IConstruct): { readonly hash: string; readonly files: readonly ContextFile[] } {
    return (this.known ??= this.read(at));
  }

  private read(at: IConstruct | undefined): { readonly hash: string; readonly files: readonly ContextFile[] } {
    const { target, platform, labels } = this.options;
    try {
      const files = [...contextFiles(this.directory, this.dockerfile)];
      return {
        files,
        hash: contentHash({ ...this.contents(files), dockerfile: this.dockerfile, args: this.buildArgs, target, platform, labels }),
      };
    } catch (error) {
      const reason = String(error).replace(/^Error: /, "");
      const mend = "let this user read it, or name it in .dockerignore";
      throw new ConstructError("BUILD_CONTEXT", `build directory must have files that can be read, got ${reason}; ${mend}`, at, {
        cause: error,
      });
    }
  }

  /** A directory counts by what is in it. */
  private contents(context: readonly ContextFile[]): object {
    const paths = (kind: ContextFile["kind"]): string[] => context.filter((file) => file.kind === kind).map(({ path }) => path);
    const links = paths("link").map((path) => ({ path, target: readlinkSync(join(this.directory, path)) }));
    const parents = new Set(context.map(({ path }) => posix.dirname(path)));
    const empty = paths("directory").filter((directory) => !parents.has(directory));
    return {
      files: paths("file")
        .sort()
        .map((path) => directoryFile(this.directory, path)),
      ...(links.length === 0 ? {} : { links }),
      ...(empty.length === 0 ? {} : { empty }),
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

const literals = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [literal(name), literal(text)]));
