import { EngineError, type Engine } from "../../engine";
import type { ContainerInspect } from "./container-api";

/** How a container is removed. */
export interface Removal {
  /** Seconds between the stop signal and SIGKILL; 0 kills at once. @default - the container's own, 10 where it has none */
  readonly graceSeconds?: number;
  /** @default true */
  readonly removeVolumes?: boolean;
  /** Ends the wait for a removal that somebody else has started. @default - none */
  readonly signal?: AbortSignal;
}

const DEFAULT_GRACE = 10;

/** Stops a container by its signal and removes it; it may be gone already. */
export async function stopAndRemove(engine: Engine, inspect: ContainerInspect, removal: Removal): Promise<void> {
  const grace = removal.graceSeconds ?? inspect.Config.StopTimeout ?? DEFAULT_GRACE;
  if (grace > 0 && inspect.State.Running) await stopContainer(engine, inspect.Id, grace);
  await removeContainer(engine, inspect.Id, removal.removeVolumes ?? true, removal.signal);
}

/** Stops a container by its signal and leaves it there. @param grace - seconds before SIGKILL; default: the container's own */
export async function stopContainer(engine: Engine, id: string, grace?: number): Promise<void> {
  try {
    await engine.post(`/containers/${id}/stop`, { query: grace === undefined ? {} : { t: grace } });
  } catch (error) {
    if (!EngineError.isNotFound(error)) throw error;
  }
}

/** Removes a container, running or not; it may be gone already, or be going. */
export async function removeContainer(engine: Engine, id: string, volumes: boolean, signal?: AbortSignal): Promise<void> {
  try {
    await engine.delete(`/containers/${id}`, { query: { force: true, v: volumes } });
  } catch (error) {
    if (EngineError.isNotFound(error)) return;
    if (!EngineError.isConflict(error)) throw error;
    await removed(engine, id, signal);
  }
}

/** Waits for a removal that somebody else has started. */
async function removed(engine: Engine, id: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await engine.post(`/containers/${id}/wait`, { query: { condition: "removed" }, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (!EngineError.isNotFound(error)) throw error;
  }
}
