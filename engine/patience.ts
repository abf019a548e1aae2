import type { ClientRequest } from "node:http";
import type { Socket } from "node:net";
import { EngineError } from "./error";

const CONNECT_SECONDS = 10;
const READ_SECONDS = 30;
/** A start, a removal or a new network keeps a busy engine for a while. */
const CHANGE_SECONDS = 120;

/** What waits for something else by nature, or moves data of any size. */
const UNLIMITED = [
  /^\/(build|events|commit|session)$/,
  /^\/containers\/[^/]+\/(wait|attach|logs|archive|export|stop|restart)$/,
  /^\/images\/(create|load|get)$/,
  /^\/images\/.+\/(push|get)$/,
  /^\/(services|tasks)\/[^/]+\/logs$/,
  /^\/exec\/[^/]+\/start$/,
  /^\/(plugins\/.+|swarm\/(init|join|leave|update)|[a-z]+\/prune)$/,
];

/** How long the engine may take to answer, in seconds; Infinity where it waits by nature. */
export function answerSeconds(method: string, path: string): number {
  if (UNLIMITED.some((pattern) => pattern.test(path))) return Infinity;
  // The data of a volume is deleted before the answer comes.
  if (method === "DELETE" && /^\/(volumes|containers|images)\//.test(path)) return Infinity;
  return method === "GET" ? READ_SECONDS : CHANGE_SECONDS;
}

/** Calls `expired` unless the returned function is called in time. */
export function within(seconds: number, expired: () => void): () => void {
  if (seconds === Infinity) return () => undefined;
  const timer = setTimeout(expired, seconds * 1000);
  return () => clearTimeout(timer);
}

/** What an engine that takes connections and says nothing is reported as. */
export function silent(address: string, request: string, seconds: number): EngineError {
  return new EngineError(
    0,
    `DOCKER_HOST_SILENT: the engine at ${address} must answer ${request} within ${seconds} s, got nothing; see whether it hangs: docker -H ${address} info`,
  );
}

/** Ends a request that gets no connection in time. A connection that is used again, or through ssh, is there or has its own limit. */
export function limitConnecting(outgoing: ClientRequest, secure: boolean): void {
  outgoing.once("socket", (socket: Partial<Socket>) => {
    if (socket.connecting !== true) return;
    const done = within(CONNECT_SECONDS, () => outgoing.destroy(new Error(`no connection within ${CONNECT_SECONDS} s`)));
    socket.once?.(secure ? "secureConnect" : "connect", done);
    outgoing.once("close", done);
  });
}
