import { labelBlocks, labelsOf } from "../identity";
import { flag, isZero, text, texts, type ObjectValue, type Value } from "../value";
import type { ContainerInspect, ProcessConfig } from "./container-api";
import type { ContainerView } from "./container-view";
import { hostState } from "./container-from-host";
import { healthBlocks } from "./container-health";
import { networkState } from "./container-from-networks";
import { portBlocks } from "./container-ports";
import { MEBIBYTE } from "./size";

/** The state of a container. What the daemon cannot tell is left out. */
export function containerState(view: ContainerView): ObjectValue {
  const { inspect } = view;
  return {
    id: inspect.Id,
    name: inspect.Name.replace(/^\//, ""),
    image: inspect.Image,
    ...running(view),
    ...processState(view),
    ...limitState(inspect),
    ...hostState(view),
    ...networkState(view),
    ports: portBlocks(inspect, view.prior),
  };
}

/** `must_run` is false where the container should run and does not: the plan then shows what an apply will do. */
function running({ inspect, prior }: ContainerView): ObjectValue {
  const runs = inspect.State.Running && !inspect.State.Paused;
  const expected = (flag(prior["must_run"]) ?? true) && (flag(prior["start"]) ?? true);
  const mustRun = expected ? runs : (flag(prior["must_run"]) ?? runs);
  // One that is attached to is removed after its exit code was read, not by the engine.
  const removal = flag(prior["attach"]) ? {} : { rm: inspect.HostConfig.AutoRemove ?? false };
  return { ...removal, must_run: mustRun, exit_code: inspect.State.Running ? null : inspect.State.ExitCode };
}

function processState(view: ContainerView): ObjectValue {
  const { Config } = view.inspect;
  return {
    command: imageOr(view, "command", "Cmd"),
    entrypoint: imageOr(view, "entrypoint", "Entrypoint"),
    user: imageOr(view, "user", "User"),
    working_dir: imageOr(view, "working_dir", "WorkingDir"),
    env: ownVariables(view),
    labels: ownLabels(view),
    healthcheck: healthBlocks(view.inspect.Config, view.image, view.prior),
    hostname: Config.Hostname ?? "",
    domainname: Config.Domainname ?? "",
    stdin_open: Config.OpenStdin ?? false,
    tty: Config.Tty ?? false,
    stop_signal: Config.StopSignal ?? "",
    stop_timeout: Config.StopTimeout ?? 0,
  };
}

/** Nothing where nothing was configured and the container has what its image says. */
function imageOr(view: ContainerView, name: string, key: "Cmd" | "Entrypoint" | "User" | "WorkingDir"): Value {
  const actual: string | readonly string[] = view.inspect.Config[key] ?? (key === "Cmd" || key === "Entrypoint" ? [] : "");
  const before = view.prior[name];
  const inherited = JSON.stringify(actual) === JSON.stringify(view.image?.[key] ?? null);
  return before !== undefined && isZero(before) && inherited ? before : actual;
}

/** The variables that are not the image's own, or were configured all the same. */
function ownVariables({ inspect, image, prior }: ContainerView): Value {
  const before = new Set(texts(prior["env"]));
  const inherited = new Set(image?.Env ?? []);
  const actual = inspect.Config.Env ?? [];
  if (!image) return actual.filter((variable) => before.has(variable));
  return actual.filter((variable) => before.has(variable) || !inherited.has(variable));
}

function ownLabels({ inspect, image, prior }: ContainerView): Value {
  const before = labelsOf(prior);
  const labels = Object.entries(inspect.Config.Labels ?? {});
  return labelBlocks(Object.fromEntries(labels.filter(([name, value]) => before[name] === value || image?.Labels?.[name] !== value)));
}

function limitState({ HostConfig: host }: ContainerInspect): ObjectValue {
  const restart = host.RestartPolicy?.Name || "no";
  return {
    memory: mebibytes(host.Memory),
    memory_swap: host.MemorySwap === -1 ? -1 : mebibytes(host.MemorySwap),
    memory_reservation: mebibytes(host.MemoryReservation),
    cpu_shares: host.CpuShares ?? 0,
    cpu_set: host.CpusetCpus ?? "",
    cpu_period: host.CpuPeriod ?? 0,
    cpu_quota: host.CpuQuota ?? 0,
    pids_limit: host.PidsLimit ?? 0,
    restart,
    max_retry_count: host.RestartPolicy?.MaximumRetryCount ?? 0,
  };
}

function mebibytes(bytes: number | undefined): number {
  return Math.floor((bytes ?? 0) / MEBIBYTE);
}

/** What an image gives a container that configures nothing, as the state has it. */
export function imageDefault(image: ProcessConfig | undefined, name: string): Value {
  if (name === "user") return image?.User ?? "";
  return name === "working_dir" ? (image?.WorkingDir ?? "") : null;
}

/** The image as the state names it, while that still is what the container runs. */
export function imageForm(prior: ObjectValue, priorId: string | undefined, actualId: string): string {
  const before = text(prior["image"]);
  return before !== undefined && priorId === actualId ? before : actualId;
}
