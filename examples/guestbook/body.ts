import type { IncomingMessage } from "node:http";

export const BODY_BYTES = 16 * 1024;

/** A request that the visitor has to change; `status` is the HTTP status to answer with. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";

  constructor(
    readonly status: 400 | 403 | 413 | 415,
    message: string,
  ) {
    super(message);
  }
}

export type BodyFormat = "form" | "json";

/** @throws BadRequest (415) for a type that is neither a form nor JSON */
export function bodyFormat(request: IncomingMessage): BodyFormat {
  const [type = ""] = (request.headers["content-type"] ?? "").split(";");
  switch (type.trim().toLowerCase()) {
    case "application/x-www-form-urlencoded":
      return "form";
    case "application/json":
      return "json";
    default:
      throw new BadRequest(415, "the body must be application/x-www-form-urlencoded or application/json");
  }
}

/** @throws BadRequest (413) for more than 16 KiB, (400) for what is not an object */
export async function readFields(request: IncomingMessage, format: BodyFormat): Promise<Record<string, unknown>> {
  const text = await readText(request);
  return format === "form" ? Object.fromEntries(new URLSearchParams(text)) : parseObject(text);
}

async function readText(request: IncomingMessage): Promise<string> {
  const tooLarge = new BadRequest(413, `the body must have at most ${String(BODY_BYTES)} bytes`);
  if (Number(request.headers["content-length"] ?? 0) > BODY_BYTES) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not destroy the connection: the answer still goes out on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseObject(text: string): Record<string, unknown> {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BadRequest(400, 'the body must be a JSON object like {"name":"Ada","message":"Hello"}');
  }
  return value as Record<string, unknown>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BadRequest(400, `the body must be JSON, got ${cause instanceof Error ? cause.message : "something else"}`);
  }
}
