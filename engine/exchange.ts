import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { Readable } from "node:stream";
import { EngineError } from "./error";

/** Parameters of a request. Query values that are objects are sent as JSON, as filters are. */
export interface EngineRequest {
  readonly query?: { readonly [name: string]: string | number | boolean | undefined | object };
  readonly headers?: { readonly [name: string]: string };
  /** A stream or buffer is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** False sends the path without a version, as `/_ping` wants it. @default true */
  readonly versioned?: boolean;
}

type StartRequest = (options: RequestOptions) => ClientRequest;

export function exchange(
  start: StartRequest,
  options: RequestOptions,
  payload: Readable | Buffer | undefined,
  address: string,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = start(options);
    outgoing.once("response", resolve);
    outgoing.once("error", (error: NodeJS.ErrnoException) => reject(unreachable(error, address)));
    if (payload instanceof Readable) {
      payload.once("error", (error) => outgoing.destroy(error));
      payload.pipe(outgoing);
    } else {
      outgoing.end(payload);
    }
  });
}

function unreachable(error: NodeJS.ErrnoException, address: string): Error {
  if (error instanceof EngineError || error.name === "AbortError") return error;
  const hint = error.code === "EACCES" ? "; add your user to the docker group" : "";
  return new EngineError(
    0,
    `DOCKER_HOST_UNREACHABLE: a Docker engine must answer at ${address}, got ${error.message || String(error.code)}${hint}`,
    { cause: error },
  );
}

export function encodeBody(request: EngineRequest): { headers: Record<string, string>; payload: Readable | Buffer | undefined } {
  const { body } = request;
  if (body === undefined) return { headers: { ...request.headers }, payload: undefined };
  if (body instanceof Readable || Buffer.isBuffer(body))
    return { headers: { "Content-Type": "application/x-tar", ...request.headers }, payload: body };
  const payload = Buffer.from(JSON.stringify(body));
  return { headers: { "Content-Type": "application/json", "Content-Length": String(payload.length), ...request.headers }, payload };
}

export function queryString(query: EngineRequest["query"]): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.set(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  const encoded = parameters.toString();
  return encoded === "" ? "" : `?${encoded}`;
}

export async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

export function errorMessage(body: string): string {
  const parsed = parseBody(body);
  if (typeof parsed === "object" && parsed !== null && "message" in parsed) return String(parsed.message);
  return body.trim() || "the engine gave no reason";
}
