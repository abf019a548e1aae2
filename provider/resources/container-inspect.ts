import type { Engine, EngineRequest } from "../../engine";
import type { OperationContext } from "../resource";
import { integer, text, type ObjectValue } from "../value";
import type { ContainerInspect } from "./container-api";
import { containerState, imageForm } from "./container-from-engine";
import { findImage, imageConfig, imageId } from "./container-images";
import { networkNames } from "./container-networks";
import { engineInfo } from "./engine-info";
import { isPlatform, platformState, platformText } from "./image-platform";

/** A container by id or name, or undefined when there is none. */
export function findContainer(engine: Engine, reference: string, request: EngineRequest = {}): Promise<ContainerInspect | undefined> {
  return engine.find<ContainerInspect>(`/containers/${encodeURIComponent(reference)}/json`, request);
}

/** The state of a container that was inspected. `prior` is empty for an import. */
export async function stateOf({ engine }: OperationContext, inspect: ContainerInspect, prior: ObjectValue): Promise<ObjectValue> {
  const before = text(prior["image"]);
  // What throws here would leave the questions below to themselves.
  const isUnnamed = unnamed(inspect);
  const [image, beforeId, names, platform] = await Promise.all([
    imageConfig(engine, inspect.Image),
    before === undefined ? undefined : imageId(engine, before),
    isUnnamed ? networkNames(engine, prior) : undefined,
    platformOf(engine, inspect, prior),
  ]);
  const state = containerState({ inspect, image, prior, ...(names ? { networkNames: names } : {}) });
  return { ...state, image: imageForm(prior, beforeId, inspect.Image), ...platform, ...(await unlimitedSwap(engine, inspect, prior)) };
}

/** A container tells its operating system alone, unless it has its image from the containerd image store. */
async function platformOf(engine: Engine, inspect: ContainerInspect, prior: ObjectValue): Promise<ObjectValue> {
  const wanted = text(prior["platform"]) ?? "";
  const platform = inspect.ImageManifestDescriptor?.platform;
  if (wanted === "" || wanted === inspect.Platform) return { platform: inspect.Platform };
  if (platform) return { platform: isPlatform(platform, wanted) ? wanted : platformText(platform) };
  const image = await findImage(engine, inspect.Image);
  return { platform: wanted, ...(image ? await platformState(engine, image, prior) : {}) };
}

/** An engine whose kernel cannot limit swap forgets the limit: that is no drift. */
async function unlimitedSwap(engine: Engine, inspect: ContainerInspect, prior: ObjectValue): Promise<ObjectValue> {
  const before = integer(prior["memory_swap"]) ?? 0;
  if (inspect.HostConfig.MemorySwap !== -1 || before <= 0) return {};
  const { SwapLimit } = await engineInfo(engine);
  return SwapLimit ? {} : { memory_swap: before };
}

/** A container that has never run does not say the ids of its networks. */
function unnamed(inspect: ContainerInspect): boolean {
  return Object.values(inspect.NetworkSettings.Networks ?? {}).some((endpoint) => !endpoint.NetworkID);
}
