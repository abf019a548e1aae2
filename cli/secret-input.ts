import { Failure } from "./failure";

/** Where a value comes from: a terminal, or whatever is piped in. */
export interface ValueSource extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

/** More belongs on a file system of its own. */
const MAX_BYTES = 1024 * 1024;
const [INTERRUPT, BACKSPACE, DELETE] = ["\u0003", "\b", "\u007f"];
const ENDS: readonly string[] = ["\r", "\n", "\u0004"];

/**
 * Reads a value: from a prompt that shows nothing, or everything that is piped in. A single line loses its line break, anything else stays
 * as it is.
 *
 * @throws Failure `SECRET_EMPTY`, `SECRET_SIZE`, `INTERRUPTED`
 */
export async function readValue(source: ValueSource, prompt: (text: string) => void, question: string): Promise<Buffer> {
  const value = source.isTTY === true ? await readHidden(source, prompt, question) : withoutFinalBreak(await readPiped(source));
  if (value.length > 0) return value;
  throw new Failure("usage", "SECRET_EMPTY: value must hold at least one byte, got none; pipe it in or type it at the prompt");
}

async function readPiped(source: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of source) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > MAX_BYTES) throw new Failure("usage", "SECRET_SIZE: value must be at most 1 MiB, got more; keep it in a volume of its own");
    chunks.push(buffer);
  }
  return Buffer.concat(chunks);
}

function withoutFinalBreak(value: Buffer): Buffer {
  if (value.indexOf("\n") !== value.length - 1) return value;
  return value.subarray(0, value.at(-2) === 0x0d ? -2 : -1);
}

async function readHidden(source: ValueSource, prompt: (text: string) => void, question: string): Promise<Buffer> {
  source.setRawMode?.(true);
  prompt(question);
  source.setEncoding("utf8");
  try {
    return Buffer.from(await readLine(source));
  } finally {
    source.setRawMode?.(false);
    source.removeAllListeners("data").pause();
    prompt("\n");
  }
}

function readLine(source: ValueSource): Promise<string> {
  return new Promise((resolve, reject) => {
    let line: string[] = [];
    const take = (chunk: string): void => {
      for (const character of chunk) {
        if (character === BACKSPACE || character === DELETE) line = line.slice(0, -1);
        else if (character === INTERRUPT) reject(new Failure("failed", "INTERRUPTED: nothing was changed"));
        else if (ENDS.includes(character)) resolve(line.join(""));
        else line = [...line, character];
      }
    };
    source.on("data", take).once("end", () => resolve(line.join("")));
    source.resume();
  });
}
