import type { Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import type { ObjectValue } from "../value";

/** Something that older engines ignore without a word, or refuse without saying why. */
export interface Requirement {
  readonly attribute: string;
  /** The value that is new. @default - all of them */
  readonly value?: string;
  readonly api: `${number}.${number}`;
  /** The first Docker with that API. */
  readonly docker: string;
  readonly isUsed: (planned: ObjectValue) => boolean;
}

/**
 * Asks nothing of the engine where the plan has none of these.
 * @throws DiagnosticError naming the version that can do what this engine cannot
 */
export async function requireEngine(planned: ObjectValue, engine: Engine, requirements: readonly Requirement[]): Promise<void> {
  for (const { attribute, value, api, docker } of requirements.filter(({ isUsed }) => isUsed(planned))) {
    if (await engine.supports(api)) continue;
    throw new DiagnosticError(
      "The engine is too old",
      `${attribute} must ${value ? `not be "${value}"` : "be unset"} on an engine with API ${await engine.version()}, got ${value ? "it" : "a value"}; ` +
        `update Docker at ${engine.address} to ${docker} or newer (API ${api}), or take it out`,
      { path: [attribute.replace(/\..*/, "")] },
    );
  }
}
