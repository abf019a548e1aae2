import { createServer } from "node:http";
import { hostname } from "node:os";
import { RedisEntries } from "./cache";
import { ConfigError, type GuestbookConfig, loadConfig } from "./config";
import { MySqlEntries } from "./entries";
import { Guestbook } from "./guestbook";
import { errorFields, jsonLog, type Log } from "./log";
import { routes } from "./routes";
import { awaitSchema, stopOnSignal } from "./lifecycle";

function start(config: GuestbookConfig, log: Log): void {
  const store = new MySqlEntries(config.database);
  const guestbook = new Guestbook(store, new RedisEntries(config.cache, log), log);
  const stopping = new AbortController();
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 15_000 },
    routes({ guestbook, replica: hostname(), log, stopping: () => stopping.signal.aborted }),
  );
  stopOnSignal({ server, guestbook, stopping, log });
  server.listen(config.port, () => {
    log("info", "listening", { port: config.port });
  });
  void awaitSchema(store, log, stopping.signal);
}

function main(): void {
  const log = jsonLog(process.stdout);
  try {
    start(loadConfig(process.env), log);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const fault of error.faults) log("error", "cannot start", errorFields(new Error(fault)));
    process.exitCode = 1;
  }
}

main();
