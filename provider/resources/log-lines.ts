import type { Readable } from "node:stream";
import { demultiplex, type LogChunk } from "../../engine";

const STDOUT = 1;
const STDERR = 2;

/**
 * The output of a container line by line, standard output and error in the order in which their lines ended.
 * @param options `headers` puts the engine's 8 bytes, as characters, before each line; with a terminal there are none
 */
export async function logLines(stream: Readable, options: { readonly tty: boolean; readonly headers: boolean }): Promise<string[]> {
  const lines: string[] = [];
  const rest = { stdout: "", stderr: "" };
  const keep = (source: LogChunk["source"], line: string): void => {
    lines.push(options.headers && !options.tty ? header(source, line) + line : line);
  };
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  for await (const { source, data } of demultiplex(stream, options.tty)) {
    const parts = (rest[source] + decoders[source].decode(data, { stream: true })).split("\n");
    rest[source] = parts.pop() ?? "";
    for (const line of parts) keep(source, line.replace(/\r$/, ""));
  }
  for (const source of ["stdout", "stderr"] as const) if (rest[source] !== "") keep(source, rest[source]);
  return lines;
}

/** Source, three zeros and the length with its line end, big-endian. */
function header(source: LogChunk["source"], line: string): string {
  const bytes = Buffer.alloc(8);
  bytes[0] = source === "stdout" ? STDOUT : STDERR;
  bytes.writeUInt32BE(Buffer.byteLength(line) + 1, 4);
  return bytes.toString("latin1");
}
