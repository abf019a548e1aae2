import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { BadRequest, type BodyFormat, bodyFormat, readFields } from "./body";
import { InvalidDraft, parseDraft } from "./entry";
import type { Guestbook } from "./guestbook";
import { errorFields, type Log } from "./log";
import { renderFault, renderPage } from "./page";
import { Reply } from "./reply";

export interface RouteOptions {
  readonly guestbook: Guestbook;
  /** The name that tells one replica from another. */
  readonly replica: string;
  readonly log: Log;
  /** True once the server is stopping: clients are then told to take another connection. */
  readonly stopping?: () => boolean;
}

type Handler = (request: IncomingMessage, reply: Reply) => Promise<void>;

const RETRY_AFTER_SECONDS = "2";

/** The requests that the guestbook answers; every fault becomes an answer, none reaches the process. */
export function routes(options: RouteOptions): RequestListener {
  const table = handlers(options);
  return (request, response) => {
    const started = performance.now();
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const reply = new Reply(response, commonHeaders(options));
    response.on("close", () => {
      logRequest(options.log, request, response, path, performance.now() - started);
    });
    void answer(table, path, request, reply, options.log);
  };
}

function handlers({ guestbook, replica }: RouteOptions): ReadonlyMap<string, Readonly<Record<string, Handler>>> {
  const page: Handler = async (_, reply) => {
    const { entries, cache } = await guestbook.list();
    reply.html(200, renderPage({ entries, cache, replica }), { "x-cache": cache });
  };
  const list: Handler = async (_, reply) => {
    const { entries, cache } = await guestbook.list();
    reply.json(200, { entries }, { "x-cache": cache });
  };
  const health: Handler = async (_, reply) => {
    const condition = await guestbook.condition();
    if (condition.database === "up") reply.json(200, { status: "ok", ...condition });
    else reply.json(503, { status: "unavailable", ...condition }, { "retry-after": RETRY_AFTER_SECONDS });
  };
  return new Map([
    ["/", { GET: page }],
    ["/entries", { GET: list, POST: sign(guestbook, replica) }],
    ["/healthz", { GET: health }],
  ]);
}

function sign(guestbook: Guestbook, replica: string): Handler {
  return async (request, reply) => {
    // Browsers say where a form came from: another site must not sign in a visitor's name.
    if (request.headers["sec-fetch-site"] === "cross-site") throw new BadRequest(403, "the form must be sent from this site");
    const format = bodyFormat(request);
    const fields = await readFields(request, format);
    try {
      const entry = await guestbook.add(parseDraft(fields), requestId(request));
      if (format === "form") reply.seeOther("/");
      else reply.json(201, entry);
    } catch (error) {
      if (!(error instanceof InvalidDraft)) throw error;
      await refuse(guestbook, replica, reply, format, fields, error);
    }
  };
}

/** What nginx calls the visitor's request, and each repetition of it. */
function requestId({ headers }: IncomingMessage): string | undefined {
  const id = headers["x-request-id"];
  return typeof id === "string" && /^[0-9a-f]{32}$/.test(id) ? id : undefined;
}

async function refuse(
  guestbook: Guestbook,
  replica: string,
  reply: Reply,
  format: BodyFormat,
  fields: Readonly<Record<string, unknown>>,
  { field, message: reason }: InvalidDraft,
): Promise<void> {
  if (format === "json") {
    reply.json(422, { error: { field, message: reason } });
    return;
  }
  const draft = { name: asText(fields["name"]), message: asText(fields["message"]) };
  const { entries, cache } = await guestbook.list();
  reply.html(422, renderPage({ entries, cache, replica, refused: { draft, field, reason } }));
}

async function answer(table: ReturnType<typeof handlers>, path: string, request: IncomingMessage, reply: Reply, log: Log): Promise<void> {
  try {
    const methods = table.get(path);
    const handler = methods?.[request.method === "HEAD" ? "GET" : (request.method ?? "")];
    if (!methods) reply.html(404, renderFault("Not found", "There is nothing at this address."));
    else if (!handler) reply.json(405, { error: { message: "method not allowed" } }, { allow: allowed(methods) });
    else await handler(request, reply);
  } catch (error) {
    fail(error, request, reply, log);
  }
}

function fail(error: unknown, request: IncomingMessage, reply: Reply, log: Log): void {
  if (error instanceof BadRequest) {
    // What is left of the body is not worth reading, and would be taken for the next request.
    request.resume();
    reply.json(error.status, { error: { message: error.message } }, { connection: "close" });
    return;
  }
  log("error", "request failed", errorFields(error));
  const retry = { "retry-after": RETRY_AFTER_SECONDS };
  const advice = "The database does not answer at the moment. Please try again in a few seconds.";
  if (wantsHtml(request)) reply.html(503, renderFault("Temporarily unavailable", advice), retry);
  else reply.json(503, { error: { message: advice } }, retry);
}

function commonHeaders({ replica, stopping }: RouteOptions): Record<string, string> {
  return { "x-replica": replica, ...(stopping?.() === true ? { connection: "close" } : {}) };
}

function logRequest(log: Log, request: IncomingMessage, response: ServerResponse, path: string, duration: number): void {
  if (path === "/healthz" && response.statusCode === 200) return;
  const { method = "", socket } = request;
  const milliseconds = Math.round(duration * 10) / 10;
  log("info", "request", { method, path, status: response.statusCode, milliseconds, peer: socket.remoteAddress });
}

function allowed(methods: Readonly<Record<string, Handler>>): string {
  return Object.keys(methods)
    .flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method]))
    .join(", ");
}

function wantsHtml(request: IncomingMessage): boolean {
  return (request.headers.accept ?? "").includes("text/html");
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
