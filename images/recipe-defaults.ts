import { isOwnRecipe, type PackageRecipe, type RecipeConfig } from "./recipe";

/** A recipe of which only what has no good default must be said: the packages, and the command. */
export interface PackageRecipeProps extends Partial<Omit<PackageRecipe, "packages" | "config">> {
  /** Packages whose files the image holds; libraries come from their dependencies by themselves. */
  readonly packages: readonly string[];
  readonly config: Partial<RecipeConfig> & Pick<RecipeConfig, "cmd">;
}

const SUITE = "trixie";
const UID = 1000;

/** What an image has no use for: texts for people, and what starts services on a host. */
const FOR_HOSTS = [
  "/etc/cron.*",
  "/etc/default",
  "/etc/init.d",
  "/etc/logrotate.d",
  "/usr/lib/systemd",
  "/usr/lib/tmpfiles.d",
  "/usr/share/bash-completion",
  "/usr/share/bug",
  "/usr/share/doc",
  "/usr/share/doc-base",
  "/usr/share/info",
  "/usr/share/lintian",
  "/usr/share/locale",
  "/usr/share/man",
];

/**
 * A whole recipe. By default it is named after its first package and the suite, takes all files of the packages but documentation and what
 * starts services on a host, and runs as 1000:1000, which ends by SIGTERM. A recipe that says all stays as it is.
 */
export function packageRecipe(props: PackageRecipeProps): PackageRecipe {
  if (isOwnRecipe(props)) return props;
  const { suite = SUITE, packages, config } = props;
  const name = props.name ?? (packages[0] ?? "").replace(/[^a-z0-9.-]/g, "");
  return {
    ...props,
    name,
    suite,
    version: props.version ?? suite,
    ...(props.paths === undefined ? { paths: ["/*"], except: props.except ?? FOR_HOSTS } : { paths: props.paths }),
    users: props.users ?? [{ name, uid: UID, home: "/nonexistent" }],
    config: { ...config, user: config.user ?? `${String(UID)}:${String(UID)}`, stopSignal: config.stopSignal ?? "SIGTERM" },
  };
}
