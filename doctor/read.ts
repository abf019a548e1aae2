import { DEFAULT_HOST, EngineError, hasTls, parseHost, type EngineOptions } from "../engine";
import { CUSTOMARY } from "./checks/directories";
import type { EngineFacts } from "./engine-facts";
import { readEngine, type AskedEngine } from "./engine-reader";
import { readHost } from "./host-reader";
import { HOST_SCRIPT } from "./host-script";
import type { Reading } from "./reading";
import type { Shell } from "./shell";
import type { StackNeeds } from "./stack-needs";

/** What reading needs of its surroundings. */
export interface ReadingPorts {
  readonly openEngine: (options: EngineOptions) => AskedEngine;
  readonly openShell: (options: EngineOptions) => Shell;
  readonly terraformVersion: () => Promise<string | undefined>;
  /** Milliseconds. */
  readonly now: () => number;
}

/**
 * Reads everything that is judged; nothing is changed.
 *
 * @throws EngineHostError for an address that is none, EngineError when neither engine nor host can be asked
 */
export async function read(ports: ReadingPorts, options: EngineOptions, stack: StackNeeds | undefined): Promise<Reading> {
  const address = options.host ?? DEFAULT_HOST;
  const place = parseHost(address, hasTls(options));
  const terraform = ports.terraformVersion();
  const engine = await ask(ports, options);
  const socket = (place.kind === "unix" ? place.path : place.kind === "ssh" ? place.socket : undefined) ?? DEFAULT_SOCKET;
  const dataRoot = !(engine instanceof EngineError) ? [engine.info.DockerRootDir] : [];
  const places = [...dataRoot, ...CUSTOMARY, ...(stack?.directories ?? [])];
  const printed = await ports.openShell({ ...options, host: address })(HOST_SCRIPT, [socket, ...new Set(places)]);
  if (engine instanceof EngineError && printed === undefined) throw engine;
  return {
    address,
    ...(engine instanceof EngineError ? { silence: engine.message } : { engine }),
    host: printed === undefined ? undefined : readHost(printed),
    terraform: await terraform,
    stack,
  };
}

const DEFAULT_SOCKET = DEFAULT_HOST.replace("unix://", "");

async function ask(ports: ReadingPorts, options: EngineOptions): Promise<EngineFacts | EngineError> {
  const engine = ports.openEngine(options);
  try {
    return await readEngine(engine, ports.now);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  } finally {
    await engine.close();
  }
}
