import { posix } from "node:path";

/** A file or link of an unpacked package. */
export type TreeEntry =
  | { readonly kind: "link"; readonly target: string; readonly from: string }
  | {
      readonly kind: "file";
      readonly mode: number;
      /** Where the content lies on this machine. */
      readonly content: string;
      readonly size: number;
      /** Name of the package. */
      readonly from: string;
    };

/** The files of several packages as one tree, in which paths follow links as they will in the image. */
export class PackageTree {
  private readonly entries = new Map<string, TreeEntry>();

  /** The first package to bring a path keeps it. */
  add(path: string, entry: TreeEntry): void {
    if (!this.entries.has(path)) this.entries.set(path, entry);
  }

  get(path: string): TreeEntry | undefined {
    return this.entries.get(path);
  }

  /** All paths, sorted. */
  paths(): string[] {
    return [...this.entries.keys()].sort();
  }

  /** Where a link leads; undefined for anything else. */
  target(path: string): string | undefined {
    const entry = this.entries.get(path);
    return entry?.kind === "link" ? normalise(posix.resolve(posix.dirname(path), entry.target)) : undefined;
  }

  /** The path itself, then every path that its links lead to; links out of the tree end the chain. */
  chain(path: string): string[] {
    if (!this.entries.has(path)) return [];
    const target = this.target(path);
    return target === undefined ? [path] : [path, ...this.chain(target)];
  }
}

/** The path in an image whose /bin, /sbin, /lib and /lib64 are links below /usr, as the distribution has them. */
export function normalise(path: string): string {
  const absolute = posix.normalize(posix.join("/", path)).replace(/(.)\/$/, "$1");
  return /^\/(bin|sbin|lib|lib64)(\/|$)/.test(absolute) ? `/usr${absolute}` : absolute;
}

/** A test for a path of a recipe: the path, all below it, `*` for any part of a name. */
export function pathPattern(path: string): RegExp {
  const escaped = path.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*/g, "[^/]*");
  return new RegExp(`^${escaped}(/.*)?$`);
}
