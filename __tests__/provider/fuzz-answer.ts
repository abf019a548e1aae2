import type { DamagedRequest } from "./damaged-request";
import type { FuzzedProvider } from "./fuzzed-provider";

/** Whether a request gets an error, or a state that can be read where its call has one. */
export async function isAnswered(provider: FuzzedProvider, request: DamagedRequest): Promise<boolean> {
  const answer = await provider.answer(request);
  const states = provider.states(request, answer);
  const hasNone = request.call.startsWith("validate") || request.call === "configureProvider";
  const isRefused = (answer.diagnostics ?? []).some(({ severity }) => severity === 1);
  return isRefused || (!states.includes(undefined) && (hasNone || states.length > 0));
}
