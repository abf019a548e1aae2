import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { Readable } from "node:stream";
import { EngineError } from "./error";
import { limitConnecting, silent, within } from "./patience";
import { pieces } from "./pieces";
import { unreachable } from "./unreachable";

const NO_JSON = Symbol("no JSON");
/** As much of an answer as a message shows. */
const SHOWN = 100;

/** Parameters of a request. */
export interface EngineRequest {
  /** A set repeats its parameter; another object is sent as JSON, as filters are. */
  readonly query?: { readonly [name: string]: string | number | boolean | undefined | object };
  readonly headers?: { readonly [name: string]: string };
  /** A stream or buffer is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** How long the engine may take to answer. @default - 30 for a GET, 120 for another, no limit for what waits or moves data */
  readonly answerSeconds?: number;
  /** False sends the path without a version, as `/_ping` wants it. @default true */
  readonly versioned?: boolean;
}

/** One request on its way. */
export interface Exchange {
  readonly start: (options: RequestOptions) => ClientRequest;
  readonly options: RequestOptions;
  readonly payload: Readable | Buffer | undefined;
  readonly secure: boolean;
  readonly address: string;
  /** How long the head of the answer may take. */
  readonly answerSeconds: number;
}

export function exchange({ start, options, payload, secure, address, answerSeconds }: Exchange): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = start(options);
    limitConnecting(outgoing, secure);
    const request = `${options.method ?? "GET"} ${(options.path ?? "/").replace(/^\/v[\d.]+(?=\/)|\?.*/g, "")}`;
    const inTime = within(answerSeconds, () => outgoing.destroy(silent(address, request, answerSeconds)));
    outgoing.once("response", resolve).once("response", inTime).once("close", inTime);
    outgoing.once("error", (error: NodeJS.ErrnoException) => reject(unreachable(error, address, secure)));
    if (payload instanceof Readable) {
      // The fault is ours to read, not the engine's: it is told as it is.
      payload.once("error", (error) => {
        reject(error);
        outgoing.destroy();
      });
      payload.pipe(outgoing);
    } else {
      outgoing.end(payload);
    }
  });
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
    if (value instanceof Set) for (const item of value as ReadonlySet<unknown>) parameters.append(name, String(item));
    else if (value !== undefined) parameters.set(name, typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  const encoded = parameters.toString();
  return encoded === "" ? "" : `?${encoded}`;
}

export async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of pieces(stream)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** @throws EngineError when it is no JSON: `subject` says who must answer what */
export function parseAnswer(body: string, subject: string): unknown {
  const parsed = parseBody(body);
  if (parsed !== NO_JSON) return parsed;
  // The beginning of an object may be a secret.
  const shown = /^\s*[[{]/.test(body) ? "a part of it" : JSON.stringify(body.slice(0, SHOWN));
  throw new EngineError(0, `${subject} with JSON, got ${shown}; see whether an engine answers there, and nothing in between`);
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return NO_JSON;
  }
}

export function errorMessage(body: string): string {
  const parsed = parseBody(body);
  if (typeof parsed === "object" && parsed !== null && "message" in parsed) return String(parsed.message);
  return body.trim() || "the engine gave no reason";
}
