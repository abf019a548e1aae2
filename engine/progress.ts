import type { Readable } from "node:stream";
import { EngineError } from "./error";
import { pieces } from "./pieces";

/** One line of a build, pull, push or load. */
export interface ProgressMessage {
  readonly status?: string;
  readonly id?: string;
  readonly progress?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly stream?: string;
  readonly error?: string;
  readonly aux?: { readonly ID?: string; readonly Digest?: string; readonly Size?: number };
}

/** The JSON values of a stream that has one on each line. */
export async function* jsonLines<T>(stream: Readable): AsyncGenerator<T> {
  let rest = "";
  stream.setEncoding("utf8");
  for await (const chunk of pieces<string>(stream)) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield JSON.parse(line) as T;
  }
  if (rest.trim() !== "") yield JSON.parse(rest) as T;
}

/**
 * The messages of a build, pull, push or load.
 * @throws EngineError with the daemon's sentence when a line is an error: the daemon has answered 200 by then
 */
export async function* progressMessages(stream: Readable): AsyncGenerator<ProgressMessage> {
  for await (const message of jsonLines<ProgressMessage>(stream)) {
    if (message.error !== undefined) throw new EngineError(500, message.error);
    yield message;
  }
}
