import type { Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { text, type ObjectValue } from "../value";
import { engineInfo } from "./engine-info";

/**
 * Asks nothing of the engine where the plan names no CPUs: at the creation the engine would say no more than that they are not available.
 *
 * @throws DiagnosticError naming the CPUs that the host has
 */
export async function requireCpus(planned: ObjectValue, engine: Engine): Promise<void> {
  const wanted = text(planned["cpu_set"]) ?? "";
  if (wanted === "") return;
  const { NCPU: count } = await engineInfo(engine);
  const highest = Math.max(...wanted.split(/[,-]/).map(Number));
  if (highest < count) return;
  throw new DiagnosticError(
    "The host has fewer CPUs",
    `cpu_set must name CPUs of the host at ${engine.address}, 0 to ${count - 1}, got ${JSON.stringify(wanted)}; take ${highest} out`,
    { path: ["cpu_set"] },
  );
}
