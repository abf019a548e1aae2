import type { Engine } from "../../engine";
import type { Service } from "./swarm-api";

/** Gives a service back the specification before its last update. */
export async function rollBack(engine: Engine, { ID, Version, Spec }: Service): Promise<void> {
  await engine.post(`/services/${ID}/update`, { query: { version: Version.Index, rollback: "previous" }, body: Spec });
}
