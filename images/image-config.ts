import { recipeHash, type PackageRecipe } from "./recipe";

export const RECIPE_LABEL = "docker-tiers.recipe";
export const ROOTFS_LABEL = "docker-tiers.rootfs";
export const PACKAGE_LABEL = "docker-tiers.package.";
export const HASH_LABEL = "docker-tiers.deb.";

/** What a build found out beyond the recipe. */
export interface BuiltContent {
  /** sha256 of the root file system's tar, in hex. */
  readonly rootfs: string;
  /** Version by package. */
  readonly versions: Readonly<Record<string, string>>;
  /** sha256 in hex of each package's file, by package. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Seconds since 1970. */
  readonly modified: number;
  /** As Docker names it: amd64, arm64. */
  readonly architecture: string;
}

/** Labels of an image: its recipe, its content, the exact version and file of every package. */
export function imageLabels(recipe: PackageRecipe, { rootfs, versions, hashes }: BuiltContent): Record<string, string> {
  const labelled = (prefix: string, values: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]);
  const packages = [...labelled(PACKAGE_LABEL, versions), ...labelled(HASH_LABEL, hashes)];
  return { [RECIPE_LABEL]: recipeHash(recipe), [ROOTFS_LABEL]: `sha256:${rootfs}`, ...Object.fromEntries(packages) };
}

/**
 * The image's configuration in Docker's format. It is a function of recipe and content alone, and its sha256 is the
 * image's id: the same packages give the same id on every host.
 */
export function imageConfig(recipe: PackageRecipe, content: BuiltContent): object {
  const created = new Date(content.modified * 1000).toISOString();
  return {
    architecture: content.architecture,
    os: "linux",
    created,
    config: containerConfig(recipe, content),
    rootfs: { type: "layers", diff_ids: [`sha256:${content.rootfs}`] },
    history: [{ created, created_by: `docker-tiers recipe ${recipe.name} ${recipe.version}` }],
  };
}

function containerConfig(recipe: PackageRecipe, content: BuiltContent): object {
  const { entrypoint, cmd, env, user, workingDirectory, stopSignal, exposedPorts, healthcheck } = recipe.config;
  const path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  return {
    ...(entrypoint === undefined ? {} : { Entrypoint: entrypoint }),
    Cmd: cmd,
    Env: [path, ...Object.entries(env ?? {}).map(([name, value]) => `${name}=${value}`)],
    User: user,
    WorkingDir: workingDirectory ?? "/",
    StopSignal: stopSignal,
    ExposedPorts: Object.fromEntries((exposedPorts ?? []).map((port) => [`${port}/tcp`, {}])),
    Labels: imageLabels(recipe, content),
    ...(healthcheck === undefined ? {} : { Healthcheck: healthOf(healthcheck) }),
  };
}

function healthOf(health: NonNullable<PackageRecipe["config"]["healthcheck"]>): object {
  const nanoseconds = (seconds: number): number => seconds * 1_000_000_000;
  return {
    Test: health.test,
    Interval: nanoseconds(health.intervalSeconds),
    Timeout: nanoseconds(health.timeoutSeconds),
    StartPeriod: nanoseconds(health.startPeriodSeconds),
    Retries: health.retries,
  };
}
