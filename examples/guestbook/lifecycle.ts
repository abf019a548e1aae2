import type { Server } from "node:http";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import type { EntryStore } from "./entries";
import type { Guestbook } from "./guestbook";
import { errorFields, type Log } from "./log";

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 2000;
/** How long requests in flight may take once the server stops. */
const DRAIN_MS = 5000;
/** How long the port stays open for connections that keep coming. */
const ACCEPT_MS = 500;

/** Resolves once the schema exists, however long the database takes to come up, or when `signal` aborts. */
export async function awaitSchema(store: Pick<EntryStore, "check">, log: Log, signal: AbortSignal): Promise<void> {
  for (let delay = FIRST_RETRY_MS; !signal.aborted; delay = Math.min(delay * 2, LAST_RETRY_MS)) {
    try {
      await store.check();
      log("info", "schema ready");
      return;
    } catch (error) {
      log("warn", "waiting for the database", errorFields(error));
    }
    await sleep(delay, undefined, { signal }).catch(() => undefined);
  }
}

export interface StopOptions {
  readonly server: Server;
  readonly guestbook: Pick<Guestbook, "close">;
  /** Aborted at the first signal. */
  readonly stopping: AbortController;
  readonly log: Log;
  /** @default - process.exit */
  readonly exit?: (code: number) => void;
}

/** On SIGTERM or SIGINT: connections that wait are accepted, then no new ones, requests in flight finish, connections to the tiers close, exit 0. */
export function stopOnSignal(options: StopOptions): void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (options.stopping.signal.aborted) return;
    options.log("info", "stopping", { signal });
    void stop(options);
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
}

/** What a signal triggers. */
export async function stop({ server, guestbook, stopping, log, exit = exitProcess }: StopOptions): Promise<void> {
  stopping.abort();
  await drain(server);
  await Promise.race([guestbook.close(), sleep(2000, undefined, { ref: false })]);
  log("info", "stopped");
  exit(0);
}

async function drain(server: Server): Promise<void> {
  await acceptWaiting(server);
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  // A kept-alive connection whose last answer has just gone out would otherwise linger for its whole idle time.
  const idle = setInterval(() => {
    server.closeIdleConnections();
  }, 50);
  const cutOff = setTimeout(() => {
    server.closeAllConnections();
  }, DRAIN_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(cutOff);
}

/** Waits for a turn of the event loop that brings no connection: those that the kernel holds back when the port closes are reset. */
async function acceptWaiting(server: Server): Promise<void> {
  const deadline = Date.now() + ACCEPT_MS;
  let arrived = true;
  const note = (): void => {
    arrived = true;
  };
  server.on("connection", note);
  while (arrived && Date.now() < deadline) {
    arrived = false;
    await turn();
    await turn();
  }
  server.off("connection", note);
}

function exitProcess(code: number): void {
  process.exit(code);
}
