import type { Engine } from "../../../engine";
import { json, startFakeEngine } from "../../engine/fake-engine";
import { changedAt } from "./case";
import { ProtocolProvider } from "./protocol";

/** Parts of an engine's answers, by their place. */
export type Answers = readonly (readonly [place: string, value: unknown])[];

/** Runs with a provider whose engine is the real one, and answers for paths of a kind with other parts. */
export async function throughAnswers<T>(
  engine: Engine,
  kind: string,
  answers: Answers,
  run: (provider: ProtocolProvider) => Promise<T>,
): Promise<T> {
  const answering = await startFakeEngine(
    (request, _body, response) => {
      const path = (request.url ?? "").replace(/^\/v[\d.]+/, "");
      const changed = (found: object): object => answers.reduce((before, [place, value]) => changedAt(before, place, value), found);
      engine.get<object>(path).then(
        (found) => json(response, 200, path.startsWith(kind) ? changed(found) : found),
        () => json(response, 404, { message: "nothing is here" }),
      );
    },
    { apiVersion: "1.51" },
  );
  const provider = await ProtocolProvider.start(answering.host);
  try {
    return await run(provider);
  } finally {
    provider.stop();
    await answering.close();
  }
}
