import { Engine } from "../../engine";
import { requireEngine, type Requirement } from "../../provider/resources/requirement";
import type { ObjectValue } from "../../provider/value";
import { startFakeEngine } from "../engine/fake-engine";

/** What a plan on an engine came to. */
export interface Answer {
  /** The message of the refusal, with HOST for the engine's address. */
  readonly error: unknown;
  readonly requests: readonly string[];
}

/** Plans values for an engine of an API version. */
export async function requiredBy(requirements: readonly Requirement[], values: ObjectValue, apiVersion: string): Promise<Answer> {
  const fake = await startFakeEngine((_request, _body, response) => response.end(), { apiVersion });
  const engine = new Engine({ host: fake.host });
  const error = await requireEngine(values, engine, requirements).catch((thrown: unknown) => thrown);
  await engine.close();
  await fake.close();
  return { error: error instanceof Error ? error.message.replace(fake.host, "HOST") : error, requests: fake.requests };
}
