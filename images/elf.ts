/** Reads `length` bytes at `offset` of a file; shorter at its end. */
export type ReadAt = (offset: number, length: number) => Buffer;

/** What a dynamic program asks the loader for. */
export interface ElfDependencies {
  /** Path of the loader; absent in libraries. */
  readonly interpreter?: string;
  /** Names of shared libraries (DT_NEEDED), in the order of the file. */
  readonly needed: readonly string[];
}

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const DT_NEEDED = 1;
const DT_STRTAB = 5;
const DT_STRSZ = 10;
const SEGMENT_SIZE = 56;

/** The dependencies of a 64-bit little-endian ELF file (amd64, arm64); undefined for anything else. */
export function readElf(read: ReadAt): ElfDependencies | undefined {
  const header = read(0, 64);
  const isElf = header.length === 64 && header.readUInt32BE(0) === 0x7f454c46 && header[4] === 2 && header[5] === 1;
  if (!isElf) return undefined;
  const segments = readSegments(read, Number(header.readBigUInt64LE(32)), header.readUInt16LE(56));
  const interpreter = segments.find(({ type }) => type === PT_INTERP);
  const path = interpreter && textAt(read(interpreter.offset, interpreter.size), 0);
  return { ...(path === undefined ? {} : { interpreter: path }), needed: readNeeded(read, segments) };
}

function readSegments(read: ReadAt, offset: number, count: number): Segment[] {
  const table = read(offset, count * SEGMENT_SIZE);
  return Array.from({ length: count }, (_, index) => {
    const entry = table.subarray(index * SEGMENT_SIZE);
    return {
      type: entry.readUInt32LE(0),
      offset: Number(entry.readBigUInt64LE(8)),
      address: Number(entry.readBigUInt64LE(16)),
      size: Number(entry.readBigUInt64LE(32)),
    };
  });
}

function readNeeded(read: ReadAt, segments: readonly Segment[]): string[] {
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC);
  if (dynamic === undefined) return [];
  const entries = readPairs(read(dynamic.offset, dynamic.size));
  const value = (tag: number): number => entries.find(([found]) => found === tag)?.[1] ?? 0;
  const strings = read(fileOffset(segments, value(DT_STRTAB)), value(DT_STRSZ));
  return entries.filter(([tag]) => tag === DT_NEEDED).map(([, offset]) => textAt(strings, offset));
}

function readPairs(table: Buffer): [number, number][] {
  return Array.from({ length: Math.floor(table.length / 16) }, (_, index) => [
    Number(table.readBigUInt64LE(index * 16)),
    Number(table.readBigUInt64LE(index * 16 + 8)),
  ]);
}

/** The dynamic section holds addresses in memory: the segment loaded there tells where in the file that is. */
function fileOffset(segments: readonly Segment[], address: number): number {
  const segment = segments.find(({ type, address: start, size }) => type === PT_LOAD && address >= start && address < start + size);
  return segment === undefined ? address : address - segment.address + segment.offset;
}

function textAt(buffer: Buffer, offset: number): string {
  const end = buffer.indexOf(0, offset);
  return buffer.toString("latin1", offset, end < 0 ? buffer.length : end);
}
