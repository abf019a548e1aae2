import type { FileSystem } from "./host-facts";
import { quoted } from "./restart";

const GIB = 1024 ** 3;

/** A size as people write it. */
export const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

/** Makes a file system for a directory out of a file; a disk or a logical volume takes the file's place where there is one. */
export function ownFileSystem(directory: string, { freeBytes }: FileSystem, options: readonly string[]): string[] {
  const image = `/var/lib/${directory.replace(/^\/+/, "").replaceAll("/", "-")}.ext4`;
  const sizeGiB = Math.max(1, Math.floor(freeBytes / GIB / 4));
  const line = `${image} ${directory} ext4 ${["loop", ...options].join(",")} 0 2`;
  return [
    `fallocate -l ${String(sizeGiB)}G ${quoted(image)}`,
    `mkfs.ext4 -q ${quoted(image)}`,
    `mkdir -p ${quoted(directory)}`,
    `echo ${quoted(line)} >>/etc/fstab`,
    `mount ${quoted(directory)}`,
  ];
}
