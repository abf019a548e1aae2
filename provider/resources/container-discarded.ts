import type { Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { integer, type ObjectValue } from "../value";

/** What the engine answers to a creation. */
export interface Created {
  readonly Id: string;
  readonly Warnings?: readonly string[] | null;
}

/**
 * A weight that the kernel does not know is dropped by the engine with a warning: each later plan would see that it is gone. The engine says so at
 * the creation only.
 *
 * @returns the id
 * @throws DiagnosticError after the container was removed again
 */
export async function requireWeight(engine: Engine, { Id, Warnings }: Created, planned: ObjectValue): Promise<string> {
  const warning = (Warnings ?? []).find((text) => /block i\/o weight/i.test(text));
  if ((integer(planned["blkio_weight"]) ?? 0) === 0 || warning === undefined) return Id;
  await engine.delete(`/containers/${Id}`, { query: { force: true } });
  throw new DiagnosticError(
    "The kernel has no weights for block I/O",
    `blkio_weight must be left out on the host at ${engine.address}, got a value: ${warning} Bound the device by device_write_bps and its like`,
    { path: ["blkio_weight"] },
  );
}
