import type { IConstruct } from "constructs";

/** Something that is mounted into a container. */
export interface Mount {
  readonly type: "volume" | "bind";
  /** Absolute path in the container. */
  readonly target: string;
  readonly readOnly: boolean;
  /** Let the engine make a missing host path, owned by root. @default - a missing one is an error */
  readonly createHostPath?: boolean;
  /**
   * Leave an empty volume as it is: the engine otherwise fills it with what the image has at that path, and gives it the owner and mode that
   * it has there. @default false
   */
  readonly noCopy?: boolean;
  /** Volume name or host path, as known at synth. */
  readonly source: string;
  /** The source as a container of that construct refers to it. */
  reference(from: IConstruct): string;
}

/** A file system in memory. */
export interface Tmpfs {
  readonly sizeMiB: number;
  /** @default - root */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Octal digits. @default "0755" */
  readonly mode?: string;
}

/** Docker's options of a tmpfs mount. */
export function tmpfsOptions({ sizeMiB, owner, mode = "0755" }: Tmpfs): string {
  const ids = owner === undefined ? [] : [`uid=${String(owner.uid)}`, `gid=${String(owner.gid)}`];
  return ["rw", "noexec", "nosuid", "nodev", `size=${String(sizeMiB)}m`, `mode=${mode}`, ...ids].join(",");
}
