/** An image as far as its declaration tells. */
export interface RenderedImage {
  /** Reference, such as `nginx:1.30.6`, or an id (`sha256:...`). */
  readonly reference: string;
  /** Text of the Dockerfile that it is built from. @default - it is not built here, or its Dockerfile cannot be read */
  readonly dockerfile?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** Stage that is built. @default - the last */
  readonly target?: string;
  /** Images of the same stack that build arguments name, and that are built themselves. */
  readonly bases?: readonly RenderedImage[];
}

/** The tag of a reference; empty without one. */
export function tagOf(reference: string): string {
  const [name = ""] = reference.split("@");
  return /:([\w][\w.-]*)$/.exec(name)?.[1] ?? "";
}

/** Whether the content is given by a SHA-256: that of the image, of its manifest, or of the recipe or directory that it is made of. */
export function isContentAddressed(reference: string): boolean {
  return /(^|@)sha256:[0-9a-f]{64}$/.test(reference) || /^localhost\/docker-tiers\/[^:@]+:(?:[\w.]+-)?[0-9a-f]{12}$/.test(reference);
}
