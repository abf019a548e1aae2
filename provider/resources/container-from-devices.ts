import { isDeepStrictEqual } from "node:util";
import { text, type ObjectValue } from "../value";
import type { DeviceRequest, HostConfig } from "./container-api";
import type { ContainerView } from "./container-view";
import { gpuRequest } from "./container-host-config";

/** Devices and requests for devices; a request that `gpus` made is shown as `gpus`. */
export function deviceState({ inspect: { HostConfig: host }, prior }: ContainerView): ObjectValue {
  const requests = host.DeviceRequests ?? [];
  const before = text(prior["gpus"]);
  // Where `gpus` was not configured a request is `device_requests`; an import takes what fits.
  const candidates = [before, before || prior["gpus"] === undefined ? gpusOf(requests) : undefined];
  const isMade = (gpus: string | undefined) => gpuRequest(gpus).some((wanted) => requests.some((request) => sameRequest(request, wanted)));
  const gpus = candidates.find(isMade);
  const [made] = gpuRequest(gpus);
  const others = requests.filter((request) => !made || !sameRequest(request, made));
  return {
    gpus: made ? (gpus ?? "") : "",
    device_requests: others.map(requestBlock),
    devices: deviceBlocks(host),
    cpus: host.NanoCpus ? String(host.NanoCpus / 1e9) : "",
  };
}

function deviceBlocks(host: HostConfig): ObjectValue[] {
  return (host.Devices ?? []).map((device) => ({
    host_path: device.PathOnHost,
    container_path: device.PathInContainer,
    permissions: device.CgroupPermissions,
  }));
}

function requestBlock(request: DeviceRequest): ObjectValue {
  return {
    driver: request.Driver ?? "",
    count: request.Count ?? 0,
    device_ids: request.DeviceIDs ?? [],
    capabilities: request.Capabilities?.[0] ?? [],
    options: { ...request.Options },
  };
}

/** `gpus` for the request that the docker client would make of it. */
function gpusOf(requests: readonly DeviceRequest[]): string | undefined {
  const request = requests.find((candidate) => !candidate.Driver && isDeepStrictEqual(candidate.Capabilities, [["gpu"]]));
  if (!request) return undefined;
  if ((request.DeviceIDs ?? []).length > 0) return `device=${(request.DeviceIDs ?? []).join(",")}`;
  return request.Count === -1 ? "all" : String(request.Count ?? 0);
}

function sameRequest(one: DeviceRequest, other: DeviceRequest): boolean {
  return isDeepStrictEqual(requestBlock(one), requestBlock(other));
}
