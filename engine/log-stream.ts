import type { Readable } from "node:stream";
import { pieces } from "./pieces";

/** A piece of a container's output. */
export interface LogChunk {
  readonly source: "stdout" | "stderr";
  readonly data: Buffer;
}

const HEADER_BYTES = 8;
const STDERR = 2;

/**
 * Takes the output of a container apart. Without a terminal the daemon puts 8 bytes before each piece: the source (1 or
 * 2), three zeros, the length as a big-endian 32-bit number. With a terminal there is no frame and all is stdout.
 */
export async function* demultiplex(stream: Readable, tty = false): AsyncGenerator<LogChunk> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of pieces(stream)) {
    if (tty) {
      yield { source: "stdout", data: chunk };
      continue;
    }
    rest = Buffer.concat([rest, chunk]);
    for (let frame = firstFrame(rest); frame !== undefined; frame = firstFrame(rest)) {
      yield frame.chunk;
      rest = rest.subarray(frame.length);
    }
  }
}

function firstFrame(bytes: Buffer): { chunk: LogChunk; length: number } | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const length = HEADER_BYTES + bytes.readUInt32BE(4);
  if (bytes.length < length) return undefined;
  const source = bytes[0] === STDERR ? "stderr" : "stdout";
  return { chunk: { source, data: bytes.subarray(HEADER_BYTES, length) }, length };
}
