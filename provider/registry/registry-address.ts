import { parseReference } from "../resources/image-reference";

const HUB_HOST = "registry-1.docker.io";

/** Where a registry has an image. */
export interface RegistryImage {
  /** The host with its port; `registry-1.docker.io` for the hub. */
  readonly host: string;
  /** As credentials are kept for it: `docker.io` for the hub. */
  readonly registry: string;
  /** The path inside the registry, such as `library/nginx`. */
  readonly path: string;
  /** A tag or a digest. */
  readonly tag: string;
}

/** Where the registry of an image's name has it. */
export function registryImage(name: string): RegistryImage {
  const { registry, repository, tag } = parseReference(name);
  const path = repository.startsWith(`${registry}/`) ? repository.slice(registry.length + 1) : repository;
  const hub = registry === "docker.io";
  return { host: hub ? HUB_HOST : registry, registry, path: hub && !path.includes("/") ? `library/${path}` : path, tag };
}

/** True for hosts that Docker, too, talks to without a certificate: this machine's own. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || /^127\.\d+\.\d+\.\d+$/.test(name);
}
