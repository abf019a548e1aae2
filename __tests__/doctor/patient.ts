import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineFacts, EngineInfo } from "../../doctor/engine-facts";
import type { HostFacts } from "../../doctor/host-facts";
import { readHost } from "../../doctor/host-reader";
import type { Reading } from "../../doctor/reading";
import type { StackNeeds } from "../../doctor/stack-needs";

const recorded = (file: string): string => readFileSync(join(__dirname, "../fixtures/doctor", file), "utf8");

/** What the script printed on a host where all is well. */
export const PRINTED = recorded("host.txt");

const ENGINE = JSON.parse(recorded("engine.json")) as EngineFacts;

const STACK: StackNeeds = {
  name: "shop",
  memoryMiB: 2048,
  hostMemoryMiB: 4096,
  logMiB: 300,
  ports: [{ address: "127.0.0.1", port: 80 }],
  subnets: ["10.20.0.0/24"],
  directories: ["/srv/data/mysql"],
};

/** A host on which nothing is wrong, with a stack that fits it. */
export const healthy = (): Reading => ({
  address: "unix:///var/run/docker.sock",
  engine: ENGINE,
  host: readHost(PRINTED),
  terraform: "1.11.4",
  stack: STACK,
});

/** The same host, with something else in its engine. */
export const withEngine = (change: Partial<EngineFacts>): Reading => ({ ...healthy(), engine: { ...ENGINE, ...change } });

export const withInfo = (change: Partial<EngineInfo>): Reading => withEngine({ info: { ...ENGINE.info, ...change } });

export const withHost = (change: Partial<HostFacts>, reading = healthy()): Reading => ({
  ...reading,
  host: { ...readHost(PRINTED), ...change },
});

/** The same host, of which the script prints something else. */
export function printing(what: string | RegExp, instead: string, reading = healthy()): Reading {
  const printed = PRINTED.replace(what, instead);
  if (printed === PRINTED) throw new Error(`the record must hold ${String(what)}`);
  return { ...reading, host: readHost(printed) };
}

export const withStack = (change: Partial<StackNeeds>): Reading => ({ ...healthy(), stack: { ...STACK, ...change } });
