/** Bytes of a small 64-bit ELF file: a header, three segments and their content, mapped at 0x400000. */
export function elfFile(parts: { interpreter?: string; needed?: readonly string[] }): Buffer {
  const names = (parts.needed ?? []).map((name) => Buffer.from(`${name}\0`));
  const strings = Buffer.concat([Buffer.from("\0"), ...names]);
  const interpreter = Buffer.from(`${parts.interpreter ?? ""}\0`);
  const offsets = names.map((_, index) => 1 + names.slice(0, index).reduce((sum, { length }) => sum + length, 0));
  const base = 64 + 3 * 56;
  const dynamicAt = base + interpreter.length;
  const count = names.length + 3;
  const stringsAt = dynamicAt + count * 16;
  const dynamic = pairs([
    ...offsets.map((offset): [number, number] => [1, offset]),
    [5, ADDRESS + stringsAt],
    [10, strings.length],
    [0, 0],
  ]);
  const segments = [
    segment(1, 0, stringsAt + strings.length),
    segment(2, dynamicAt, dynamic.length),
    parts.interpreter === undefined ? segment(4, 0, 0) : segment(3, base, interpreter.length),
  ];
  return Buffer.concat([header(segments.length), ...segments, interpreter, dynamic, strings]);
}

const ADDRESS = 0x400000;

function header(segments: number): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt32BE(0x7f454c46, 0);
  bytes[4] = 2;
  bytes[5] = 1;
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(segments, 56);
  return bytes;
}

function segment(type: number, offset: number, size: number): Buffer {
  const bytes = Buffer.alloc(56);
  bytes.writeUInt32LE(type, 0);
  bytes.writeBigUInt64LE(BigInt(offset), 8);
  bytes.writeBigUInt64LE(BigInt(ADDRESS + offset), 16);
  bytes.writeBigUInt64LE(BigInt(size), 32);
  return bytes;
}

function pairs(all: readonly [number, number][]): Buffer {
  const bytes = Buffer.alloc(all.length * 16);
  all.forEach(([tag, value], index) => {
    bytes.writeBigUInt64LE(BigInt(tag), index * 16);
    bytes.writeBigUInt64LE(BigInt(value), index * 16 + 8);
  });
  return bytes;
}
