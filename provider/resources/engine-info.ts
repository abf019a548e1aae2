import type { Engine } from "../../engine";

/** What an engine says of itself and its host, as far as it stays so. */
export interface EngineInfo {
  readonly NCPU: number;
  readonly SwapLimit: boolean;
  readonly Plugins: { readonly Log?: readonly string[] | null };
}

const byEngine = new WeakMap<Engine, Promise<EngineInfo>>();

/** Asked for once, however many containers there are: the engine counts its own for each answer. */
export function engineInfo(engine: Engine): Promise<EngineInfo> {
  const known = byEngine.get(engine);
  if (known) return known;
  const asked = engine.get<EngineInfo>("/info");
  byEngine.set(engine, asked);
  asked.catch(() => byEngine.delete(engine));
  return asked;
}
