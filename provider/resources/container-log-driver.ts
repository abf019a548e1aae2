import type { Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import { text, type ObjectValue } from "../value";
import { engineInfo } from "./engine-info";

/** Those that an engine may have been built without, or has no more. Others are in all of them, or plugins, which the engine does not list. */
const BUILT_IN = ["awslogs", "fluentd", "gcplogs", "gelf", "journald", "logentries", "splunk", "syslog"];

/**
 * Asks nothing of the engine where the plan names none of these: at the creation an engine without it looks for a plugin of that name.
 *
 * @throws DiagnosticError naming the drivers that the engine has
 */
export async function requireLogDriver(planned: ObjectValue, engine: Engine): Promise<void> {
  const wanted = text(planned["log_driver"]) ?? "";
  if (!BUILT_IN.includes(wanted)) return;
  const { Plugins } = await engineInfo(engine);
  const found = Plugins.Log ?? [];
  if (found.length === 0 || found.includes(wanted)) return;
  throw new DiagnosticError(
    "The engine has no such log driver",
    `log_driver must be one of the engine at ${engine.address}, ${found.join(", ")} or none, got ${JSON.stringify(wanted)}; choose another`,
    { path: ["log_driver"] },
  );
}
