import type { Fault } from "./fault";

/** Bounds of one block device. */
export interface DeviceBounds {
  readonly readBytesPerSecond?: number;
  readonly writeBytesPerSecond?: number;
  /** Operations. */
  readonly readsPerSecond?: number;
  /** Operations. */
  readonly writesPerSecond?: number;
}

/** How much a container reads and writes. What goes through the page cache of a host with cgroup v1 is not bounded when it is written back. */
export interface BlockIo {
  /** Share against its neighbours', 10 to 1000, where the kernel's scheduler knows weights (BFQ). Embedded provider only. @default - 500 */
  readonly weight?: number;
  /** By the device's path on the host: a whole disk such as `/dev/sda`. @default - none */
  readonly devices?: Readonly<Record<string, DeviceBounds>>;
}

/** The provider's block for each bound. */
const BLOCKS = {
  readBytesPerSecond: "device_read_bps",
  writeBytesPerSecond: "device_write_bps",
  readsPerSecond: "device_read_iops",
  writesPerSecond: "device_write_iops",
} as const;
const BOUNDS = Object.keys(BLOCKS) as (keyof typeof BLOCKS)[];

export function blockIoFault({ weight, devices = {} }: BlockIo): Fault | undefined {
  if (weight !== undefined && !(Number.isInteger(weight) && weight >= 10 && weight <= 1000)) {
    return { code: "BLOCK_IO", message: `weight must be a whole number of 10 to 1000, got ${String(weight)}; use 500` };
  }
  return Object.entries(devices)
    .map(([path, bounds]) => deviceFault(path, bounds))
    .find((fault) => fault !== undefined);
}

function deviceFault(path: string, bounds: DeviceBounds): Fault | undefined {
  const fault = (message: string): Fault => ({ code: "BLOCK_IO", message });
  if (!/^\/dev\/[\w/-]+$/.test(path)) {
    return fault(`device must be a path below /dev, got ${JSON.stringify(path)}; use "/dev/sda"`);
  }
  const given = BOUNDS.filter((name) => bounds[name] !== undefined);
  if (given.length === 0) return fault(`${path} must have a bound, got none; add writeBytesPerSecond: 10_485_760`);
  const wrong = given.find((name) => !(Number.isSafeInteger(bounds[name]) && (bounds[name] ?? 0) > 0));
  if (wrong === undefined) return undefined;
  return fault(`${wrong} of ${path} must be a whole number above 0, got ${String(bounds[wrong])}; leave it out for no bound`);
}

/** As the provider takes it: a block for each device and bound. */
export function renderBlockIo({ weight, devices = {} }: BlockIo): Record<string, unknown> {
  const rates = (name: keyof typeof BLOCKS): unknown[] =>
    Object.entries(devices).flatMap(([path, { [name]: rate }]) => (rate === undefined ? [] : [{ path, rate }]));
  const blocks = BOUNDS.map((name) => [BLOCKS[name], rates(name)] as const).filter(([, list]) => list.length > 0);
  return { ...Object.fromEntries(blocks), ...(weight === undefined ? {} : { blkio_weight: weight }) };
}
