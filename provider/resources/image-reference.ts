/** The parts of an image's name. */
export interface ImageReference {
  /** `docker.io` where the name has no registry. */
  readonly registry: string;
  /** The name without tag and digest, as it was written. */
  readonly repository: string;
  /** A tag or a digest; `latest` where there is neither. */
  readonly tag: string;
}

const HUB = "docker.io";

/** Takes an image's name apart: `registry.example:5000/shop/web:1.2`, `nginx@sha256:...`. */
export function parseReference(reference: string): ImageReference {
  const [name = "", digest] = reference.split("@");
  const slash = name.lastIndexOf("/");
  const colon = name.lastIndexOf(":");
  const repository = colon > slash ? name.slice(0, colon) : name;
  const tag = colon > slash ? name.slice(colon + 1) : "latest";
  return { registry: registryOf(repository), repository, tag: digest ?? tag };
}

function registryOf(repository: string): string {
  const [first = "", ...rest] = repository.split("/");
  const isHost = rest.length > 0 && (first.includes(".") || first.includes(":") || first === "localhost");
  return isHost ? first : HUB;
}
