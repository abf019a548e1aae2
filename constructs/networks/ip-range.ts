import { isIP } from "node:net";

const BITS = { 4: 32, 6: 128 } as const;
type Family = keyof typeof BITS;

const number4 = (address: string): bigint => address.split(".").reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);

/** Of an address in its canonical form: a tail of IPv4 is written in groups there. */
function number6(address: string): bigint {
  const [head = "", tail] = canonical6(address).split("::");
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [left, right] = [groups(head), groups(tail ?? "")];
  const zeros = Array<string>(8 - left.length - right.length).fill("0");
  return [...left, ...zeros, ...right].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** RFC 5952, by the way that the host of a URL is written. */
const canonical6 = (address: string): string => new URL(`http://[${address}]`).hostname.slice(1, -1);

function toAddress(value: bigint, family: Family): string {
  const bits = family === 4 ? 8n : 16n;
  const parts = Array.from({ length: family === 4 ? 4 : 8 }, (_, index) => (value >> (bits * BigInt(index))) & ((1n << bits) - 1n));
  parts.reverse();
  return family === 4 ? parts.join(".") : canonical6(parts.map((part) => part.toString(16)).join(":"));
}

/** @returns undefined when the text is no address */
function parseAddress(text: string): { family: Family; value: bigint } | undefined {
  const family = isIP(text);
  if (family === 4) return { family, value: number4(text) };
  return family === 6 && !text.includes("%") ? { family, value: number6(text) } : undefined;
}

/** An engine counts the addresses of a subnet in 64 bits: half of a /64 is beyond that. */
const PART_OF_IPV6 = 65_536n;

/** A block of IPv4 or IPv6 addresses. */
export class IpRange {
  /** @returns undefined when the text is not in CIDR notation with a prefix of 1 to 30, for IPv6 to 126 */
  static parse(cidr: string): IpRange | undefined {
    const [address = "", prefix = "", ...more] = cidr.split("/");
    const parsed = parseAddress(address);
    if (parsed === undefined || more.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
    const { family, value } = parsed;
    const hostBits = BITS[family] - Number(prefix);
    if (Number(prefix) < 1 || hostBits < 2) return undefined;
    const size = 1n << BigInt(hostBits);
    return new IpRange(family, value - (value % size), size, Number(prefix));
  }

  private constructor(
    readonly family: Family,
    private readonly first: bigint,
    private readonly size: bigint,
    private readonly prefix: number,
  ) {}

  /** The block by its first address, such as `10.20.0.0/24`. */
  get canonical(): string {
    return `${toAddress(this.first, this.family)}/${String(this.prefix)}`;
  }

  get firstHost(): string {
    return toAddress(this.first + 1n, this.family);
  }

  /** A part of it, such as `10.20.0.128/25`: what may be handed out where the rest is spoken for. */
  get part(): string {
    const [offset, prefix] =
      this.family === 6 && this.size > PART_OF_IPV6 ? [PART_OF_IPV6, BITS[6] - 16] : [this.size / 2n, this.prefix + 1];
    return `${toAddress(this.first + offset, this.family)}/${String(prefix)}`;
  }

  /** Whether the address is one that a host of this block can have: neither the first nor the last. */
  holds(address: string): boolean {
    const parsed = parseAddress(address);
    return parsed?.family === this.family && parsed.value > this.first && parsed.value < this.first + this.size - 1n;
  }

  contains(other: IpRange): boolean {
    return this.overlaps(other) && this.size >= other.size;
  }

  /** How far the other's first address is behind this one's. */
  distanceTo(other: IpRange): bigint {
    return other.first - this.first;
  }

  overlaps(other: IpRange): boolean {
    return this.family === other.family && this.first < other.first + other.size && other.first < this.first + this.size;
  }
}
