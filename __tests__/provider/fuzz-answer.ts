import type { DamagedRequest } from "./damaged-request";
import type { FuzzedProvider } from "./fuzzed-provider";

/** What is wrong with the answer to a request, if anything is. */
export async function faultOf(provider: FuzzedProvider, request: DamagedRequest): Promise<string | undefined> {
  const answer = await provider.answer(request);
  const states = provider.states(request, answer);
  const isCreate = request.call === "applyResourceChange" && request.change === "create";
  if (isCreate && provider.asked.hasCreated && !states[0]) return "an object that was created is in no state";
  if ((answer.diagnostics ?? []).some(({ severity }) => severity === 1)) return undefined;
  if (states.includes(undefined)) return "a state cannot be read";
  // An image without one of its names is no error.
  const isNamed = !["docker_image", "docker_tag"].includes(request.typeName);
  if (request.call === "readResource" && isNamed && states.includes(null) && !provider.asked.isToldAbsent)
    return "what nobody said was gone is taken for gone";
  const hasNone = request.call.startsWith("validate") || request.call === "configureProvider";
  return hasNone || states.length > 0 ? undefined : "there is neither an error nor a state";
}
