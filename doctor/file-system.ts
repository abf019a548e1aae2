import type { Daemon } from "./daemon";
import type { FileSystem, HostFacts } from "./host-facts";
import { quoted } from "./quoted";
import { startCommand, stopCommand } from "./restart";

const GIB = 1024 ** 3;

/** A size as people write it. */
export const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

/** Makes a file system for a directory out of a file; a disk or a logical volume takes the file's place where there is one. */
export function ownFileSystem(directory: string, free: FileSystem, options: readonly string[]): string[] {
  return [...makeImage(directory, free), `mkdir -p ${quoted(directory)}`, ...mountForGood(directory, options)];
}

/** Does the same for the directory of an engine, which is stopped meanwhile, with what lies in it. */
export function movedToOwn(directory: string, free: FileSystem, host: HostFacts, daemon: Daemon): string[] {
  const place = "/mnt/docker-tiers";
  return [
    ...makeImage(directory, free),
    stopCommand(host, daemon),
    `mkdir -p ${place}`,
    `mount -o loop ${quoted(imageOf(directory))} ${place}`,
    `cp -a ${quoted(directory)}/. ${place}/`,
    `umount ${place}`,
    ...mountForGood(directory, []),
    startCommand(host, daemon),
  ];
}

const imageOf = (directory: string): string => `/var/lib/${directory.replace(/^\/+/, "").replaceAll("/", "-")}.ext4`;

function makeImage(directory: string, { freeBytes }: FileSystem): string[] {
  const sizeGiB = Math.max(1, Math.floor(freeBytes / GIB / 2));
  const image = quoted(imageOf(directory));
  return [`fallocate -l ${String(sizeGiB)}G ${image}`, `mkfs.ext4 -q ${image}`];
}

function mountForGood(directory: string, options: readonly string[]): string[] {
  const line = `${imageOf(directory)} ${directory} ext4 ${["loop", ...options].join(",")} 0 2`;
  return [`echo ${quoted(line)} >>/etc/fstab`, `mount ${quoted(directory)}`];
}
