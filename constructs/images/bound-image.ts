import type { IConstruct } from "constructs";

/** An image as one stack refers to it. */
export interface BoundImage {
  /** Name and version, digest or content hash: another text is another image. */
  readonly identity: string;
  /** Reference to the image's id on the host. */
  readonly id: string;
}

/** An image that can be made part of a stack. */
export interface IContainerImage {
  /** Name by which a Dockerfile can build on it. */
  readonly reference: string;
  /** Makes the image part of the stack of the construct, once per stack. */
  bind(scope: IConstruct): BoundImage;
}
