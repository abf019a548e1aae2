import { isIPv4 } from "node:net";

const BITS = 32;

const toNumber = (address: string): number => address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);

const toAddress = (value: number): string => [24, 16, 8, 0].map((shift) => String(Math.floor(value / 2 ** shift) % 256)).join(".");

/** A block of IPv4 addresses. */
export class IpRange {
  /** @returns undefined when the text is not IPv4 in CIDR notation with a prefix of 1 to 30 */
  static parse(cidr: string): IpRange | undefined {
    const [address, prefix, ...more] = cidr.split("/");
    if (address === undefined || prefix === undefined || more.length > 0 || !isIPv4(address) || !/^\d{1,2}$/.test(prefix)) return undefined;
    const length = Number(prefix);
    if (length < 1 || length > 30) return undefined;
    const size = 2 ** (BITS - length);
    return new IpRange(Math.floor(toNumber(address) / size) * size, size, length);
  }

  private constructor(
    private readonly first: number,
    private readonly size: number,
    private readonly prefix: number,
  ) {}

  /** The block by its first address, such as `10.20.0.0/24`. */
  get canonical(): string {
    return `${toAddress(this.first)}/${String(this.prefix)}`;
  }

  get firstHost(): string {
    return toAddress(this.first + 1);
  }

  /** Whether the address is one that a host of this block can have: neither the first nor the last. */
  holds(address: string): boolean {
    if (!isIPv4(address)) return false;
    const value = toNumber(address);
    return value > this.first && value < this.first + this.size - 1;
  }

  overlaps(other: IpRange): boolean {
    return this.first < other.first + other.size && other.first < this.first + this.size;
  }
}
