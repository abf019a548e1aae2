import type { Readable } from "node:stream";
import { EngineError } from "./error";

/** Node's code for a connection that ends in the middle of an answer. */
const CUT_OFF = "ECONNRESET";

/**
 * An answer piece by piece, as the engine sends it.
 * @throws EngineError when it breaks off: the engine, or what lies between, is gone
 */
export async function* pieces<T extends Buffer | string = Buffer>(answer: Readable): AsyncGenerator<T> {
  try {
    yield* answer as AsyncIterable<T>;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== CUT_OFF) throw cause;
    throw new EngineError(
      0,
      "DOCKER_HOST_LOST: the engine must answer to the end, got an answer that breaks off; see whether it was stopped (docker info), then run the command again",
      { cause },
    );
  }
}
