import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { Image } from "@cdktf/provider-docker/lib/image";
import { DataDockerImage } from "@cdktf/provider-docker/lib/data-docker-image";
import type { BoundImage, IContainerImage } from "./bound-image";
import { imageName, type PackageRecipe } from "../../images/recipe";
import { packageRecipe, type PackageRecipeProps } from "../../images/recipe-defaults";
import { recipeFaults } from "../../images/recipe-file";
import { BuildContext } from "./build-context";
import type { BuildOptions } from "./build-options";
import { ConstructError } from "../errors";
import { shortHash } from "../hash";
import { imageReferenceFault } from "./image-reference";
import { addRecipe } from "./recipe-manifest";

/** Where a container's image comes from. */
export abstract class ContainerImage implements IContainerImage {
  /**
   * An image that the host has or pulls, by exact version.
   *
   * @param reference - `name:tag`, `name@sha256:...` or both; with the registry's address in front where it is not the default one
   * @throws where it is used: ConstructError `IMAGE_REFERENCE` without tag and digest, and for `latest`
   */
  static fromRegistry(reference: string): ContainerImage {
    return new RegistryImage(reference);
  }

  /**
   * An image built on the host from a directory with a Dockerfile. Its tag is a hash of the content: what changed is built, what did not is not.
   *
   * What its `.dockerignore` leaves out is neither read nor copied.
   *
   * @throws where it is used: ConstructError `BUILD_CONTEXT` when the directory or its Dockerfile is missing or cannot be read, and `BUILD_NAME`,
   * `BUILD_ARGUMENT`, `BUILD_LABEL`, `BUILD_PLATFORM`, `BUILD_TARGET`, `TEXT` for options that the builder would not take
   */
  static fromBuild(directory: string, options: BuildOptions): ContainerImage {
    return new BuiltImage(new BuildContext(directory, options));
  }

  /**
   * An image made of the distribution's packages by `npx tiers images build`. The deploy reads it and never pulls, builds or deletes it.
   *
   * @param recipe - one of the recipes that come with the library, or your own: its packages and its command at least
   * @throws where it is used: ConstructError `RECIPE` for what the builder would not take
   */
  static fromPackages(recipe: PackageRecipeProps): ContainerImage {
    return new PackageImage(packageRecipe(recipe));
  }

  abstract bind(scope: IConstruct): BoundImage;
  abstract get reference(): string;
}

function once<T extends IConstruct>(scope: IConstruct, name: string, make: (stack: TerraformStack, id: string) => T): T {
  const stack = TerraformStack.of(scope);
  const repository = (name.split("/").at(-1) ?? "").replace(/[:@].*$/, "");
  const id = `Image-${repository}-${shortHash(name)}`;
  return (stack.node.tryFindChild(id) as T | undefined) ?? make(stack, id);
}

class RegistryImage extends ContainerImage {
  constructor(readonly reference: string) {
    super();
  }

  bind(scope: IConstruct): BoundImage {
    const fault = imageReferenceFault(this.reference);
    if (fault !== undefined) throw new ConstructError("IMAGE_REFERENCE", `image ${fault}`, scope);
    const image = once(scope, this.reference, (stack, id) => new Image(stack, id, { name: this.reference, keepLocally: true }));
    return { identity: this.reference, id: image.imageId };
  }
}

class PackageImage extends ContainerImage {
  readonly reference: string;

  constructor(private readonly recipe: PackageRecipe) {
    super();
    this.reference = imageName(recipe);
  }

  bind(scope: IConstruct): BoundImage {
    const faults = recipeFaults(this.recipe);
    if (faults.length > 0)
      throw new ConstructError("RECIPE", `recipe must be one that can be built, got ${faults.join("; ")}; correct it`, scope);
    const image = once(scope, this.reference, (stack, id) => {
      addRecipe(stack, this.recipe);
      return new DataDockerImage(stack, id, { name: this.reference });
    });
    return { identity: this.reference, id: image.id };
  }
}

class BuiltImage extends ContainerImage {
  constructor(private readonly context: BuildContext) {
    super();
  }

  get reference(): string {
    return this.context.reference;
  }

  bind(scope: IConstruct): BoundImage {
    this.context.require(scope);
    // Before the own reference, which holds theirs: a fault of a base is told as its own.
    const bases = this.context.baseImages.map((base) => base.bind(scope));
    this.context.load(scope);
    const image = once(
      scope,
      this.reference,
      (stack, id) =>
        new Image(stack, id, {
          name: this.reference,
          keepLocally: true,
          triggers: { content: this.context.hash, ...Object.fromEntries(bases.map((base, index) => [`base${String(index)}`, base.id])) },
          buildAttribute: this.context.render(stack, id),
        }),
    );
    return { identity: this.reference, id: image.imageId };
  }
}

/** The image that a setting names: `packages` is the recipe's, anything else a registry's. */
export function imageOf(setting: string, recipe: PackageRecipe): ContainerImage {
  return setting === "packages" ? ContainerImage.fromPackages(recipe) : ContainerImage.fromRegistry(setting);
}
