/** A fault of the machine or its settings that keeps an image from being built; the message ends with what to do. */
export class ImageError extends Error {
  override readonly name = "ImageError";

  constructor(
    readonly code: string,
    text: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${text}`, options);
  }
}

export function aptMissing(program: string): ImageError {
  return new ImageError(
    "APT_MISSING",
    `images from packages must be built where apt is installed, got no ${program} on PATH; ` +
      "run this on a Debian machine: it builds for remote Docker hosts, too",
  );
}

export function mirrorMissing(files: string): ImageError {
  return new ImageError(
    "MIRROR_MISSING",
    `apt's sources must name a Debian mirror, got none in ${files}; add a line "deb URI SUITE main" there`,
  );
}

export function mirrorOfAnother(distribution: string): ImageError {
  return new ImageError(
    "MIRROR_MISSING",
    `a Debian mirror must be known, got the apt of ${distribution}, which has none of its suites; ` +
      "set DEBIAN_MIRROR to the URI of one, such as http://mirror.example/debian",
  );
}

export function keyringMissing(keyring: string): ImageError {
  return new ImageError(
    "KEYRING_MISSING",
    `Debian's keys must be at ${keyring}, got no such file; install debian-archive-keyring, which Ubuntu has as well`,
  );
}

export function keyringOutdated(keyring: string, suite: string, keys: readonly string[]): ImageError {
  return new ImageError(
    "KEYRING_OUTDATED",
    `${keyring} must hold the keys that sign ${suite}, got none of ${keys.join(", ")}; ` +
      "install debian-archive-keyring 2023.3 or newer: Ubuntu 22.04 takes the package of 24.04",
  );
}

export function mirrorUnreachable(suite: string, uri: string, reason: string): ImageError {
  return new ImageError(
    "MIRROR_UNREACHABLE",
    `the package lists of ${suite} must be readable at ${uri}, got: ${reason}; ` +
      "check the network and apt's sources, or build on a machine that reaches a mirror",
  );
}

export function packagesUnavailable(suite: string, packages: readonly string[], reason: string): ImageError {
  return new ImageError(
    "PACKAGES_UNAVAILABLE",
    `${packages.join(", ")} must be available in ${suite}, got: ${reason}; ` + "check the network and that the mirror carries this suite",
  );
}

export function cacheNotWritable(directory: string, cause: unknown): ImageError {
  return new ImageError(
    "CACHE_NOT_WRITABLE",
    `the cache directory must be writable, got ${reasonOf(cause)} for ${directory}; ` + "set XDG_CACHE_HOME to a directory of yours",
    { cause },
  );
}

export function pathMissing(recipe: string, path: string): ImageError {
  return new ImageError(
    "PATH_MISSING",
    `every path of the recipe "${recipe}" must be in its packages, got none for ${path}; ` +
      "correct the path, or name the package that brings it",
  );
}

export function libraryMissing(library: string, user: string): ImageError {
  return new ImageError(
    "LIBRARY_MISSING",
    `every shared library must be in the packages, got no ${library} (needed by ${user}); ` +
      "name the package that brings it in the recipe",
  );
}

export function architectureDiffers(here: string, there: string): ImageError {
  return new ImageError(
    "ARCHITECTURE_DIFFERS",
    `the Docker host must have the architecture of this machine (${here}), got ${there}; ` + `build on a ${there} machine`,
  );
}

function reasonOf(cause: unknown): string {
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  return cause instanceof Error ? cause.message : String(cause);
}
