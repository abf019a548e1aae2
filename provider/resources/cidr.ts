import { isIP } from "node:net";

interface Subnet {
  readonly family: 4 | 6;
  readonly network: bigint;
  readonly prefix: number;
}

/** True when both texts name the same subnet: `fd00::1/64` and `fd00::/64`. */
export function sameSubnet(a: string, b: string): boolean {
  if (a === b) return true;
  const [left, right] = [parseSubnet(a), parseSubnet(b)];
  return left !== undefined && right !== undefined && left.prefix === right.prefix && contains(left, right);
}

/** The subnet with its host bits cleared: `fd00:0:0:0:0:0:0:0/64` for `fd00::1/64`. What is no subnet stays as it is. */
export function withoutHostBits(text: string): string {
  const subnet = parseSubnet(text);
  if (subnet === undefined) return text;
  const { family, network, prefix } = subnet;
  const [groups, bits] = family === 4 ? [4, 8] : [8, 16];
  const parts = Array.from(
    { length: groups },
    (_, index) => (network >> BigInt(bits * (groups - 1 - index))) & ((1n << BigInt(bits)) - 1n),
  );
  return `${parts.map((part) => part.toString(family === 4 ? 10 : 16)).join(family === 4 ? "." : ":")}/${prefix}`;
}

/** True when the subnets share an address. */
export function overlaps(a: string, b: string): boolean {
  const [left, right] = [parseSubnet(a), parseSubnet(b)];
  return left !== undefined && right !== undefined && (contains(left, right) || contains(right, left));
}

function contains(outer: Subnet, inner: Subnet): boolean {
  return outer.family === inner.family && outer.prefix <= inner.prefix && mask(inner.network, outer.family, outer.prefix) === outer.network;
}

function parseSubnet(text: string): Subnet | undefined {
  const [address = "", prefix = ""] = text.split("/");
  const family = isIP(address);
  if ((family !== 4 && family !== 6) || !/^\d+$/.test(prefix)) return undefined;
  const bits = Number(prefix);
  if (bits > (family === 4 ? 32 : 128)) return undefined;
  return { family, prefix: bits, network: mask(family === 4 ? number4(address) : number6(address), family, bits) };
}

function mask(address: bigint, family: 4 | 6, prefix: number): bigint {
  const hostBits = BigInt((family === 4 ? 32 : 128) - prefix);
  return (address >> hostBits) << hostBits;
}

function number4(address: string): bigint {
  return address.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function number6(address: string): bigint {
  // An IPv4 tail counts as two groups.
  const plain = address.replace(/\d+\.\d+\.\d+\.\d+$/, (tail) =>
    [number4(tail) >> 16n, number4(tail) & 0xffffn].map((group) => group.toString(16)).join(":"),
  );
  const [head = "", tail] = plain.split("::");
  const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const [left, right] = [groups(head), groups(tail ?? "")];
  const zeros = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill("0");
  return [...left, ...zeros, ...right].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}
