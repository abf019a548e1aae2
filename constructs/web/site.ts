import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";
import { requireHostName } from "./host-name";
import { isRoutePath } from "./route";

export interface SiteOptions {
  /** Name of the host that is asked. @default - every name that no route has */
  readonly host?: string;
  /** How long browsers may use a file without asking again, in seconds; at 0 they ask each time and get 304 for what they have. @default 0 */
  readonly cacheSeconds?: number;
  /** Directories of the site whose files never change, since their names carry a hash: `/assets`. They are kept for a year. @default - none */
  readonly immutable?: readonly string[];
  /** A file that answers for every path that is none, such as `/index.html` of an application with routes of its own. @default - 404 */
  readonly fallback?: string;
}

/** What nginx knows of a site. */
export interface NginxSite extends SiteOptions {
  /** Directory in the container. */
  readonly root: string;
}

const YEAR_SECONDS = 31_536_000;

/** Static files that a web tier serves. */
export class Site {
  /** The files of a directory on this machine, 1 MiB at most. */
  static fromDirectory(directory: string, options: SiteOptions = {}): Site {
    return new Site(directory, options);
  }

  private constructor(
    readonly directory: string,
    readonly options: SiteOptions,
  ) {}

  /** @throws ConstructError `WEB_TIER_SITE`, `WEB_TIER_HOST` */
  validate(tier: IConstruct): void {
    const { host, cacheSeconds = 0, immutable = [], fallback } = this.options;
    const check = (holds: boolean, message: string): void => {
      if (!holds) throw new ConstructError("WEB_TIER_SITE", message, tier);
    };
    requireHostName(tier, host);
    const whole = Number.isInteger(cacheSeconds) && cacheSeconds >= 0 && cacheSeconds <= YEAR_SECONDS;
    check(whole, `cacheSeconds must be a whole number of 0 to ${String(YEAR_SECONDS)}, got ${String(cacheSeconds)}; use 3600`);
    for (const path of immutable) {
      const plain = path !== "/" && isRoutePath(path);
      check(plain, `immutable must be directories of the site without a final slash, got ${JSON.stringify(path)}; use "/assets"`);
    }
    const file = fallback === undefined || (fallback !== "/" && isRoutePath(fallback));
    check(file, `fallback must be the path of a file, got ${JSON.stringify(fallback)}; use "/index.html"`);
  }
}
