import { isDeepStrictEqual } from "node:util";
import type { OperationContext, PlanAdjustment, PlanRequest } from "../resource";
import { flag, integer, isZero, text, UNKNOWN, type ObjectValue, type Value } from "../value";
import { requireCpus } from "./container-cpus";
import { imageDefault } from "./container-from-engine";
import { imageConfig, imageId } from "./container-images";
import { requireLogDriver } from "./container-log-driver";
import { changedNetworks, sameNetworks } from "./container-networks";
import { readNotes } from "./container-private";
import { replacedWithinUpdate } from "./container-replace";
import { CONTAINER_REQUIREMENTS } from "./container-requirements";
import { requireEngine } from "./requirement";
import { keepProject } from "./labels-plan";
import { droppedLimits, needsStart } from "./container-update";
import { holdsUploads } from "./container-uploaded";

/** How Terraform treats a container: an import cannot know it. (`must_run` it knows: whether it runs.) */
const TREATMENT = [
  "attach",
  "destroy_grace_seconds",
  "logs",
  "remove_volumes",
  "start",
  "wait",
  "wait_timeout",
  "container_read_refresh_timeout_milliseconds",
];
/** What the daemon fills in by itself. */
const DEFAULTS = ["log_opts", "cgroupns_mode"];
/** What a start or a new network changes. */
const RUNTIME = ["exit_code", "network_data"];

type Draft = PlanRequest & { readonly prior: ObjectValue };

/** Keeps what means the same, and replaces only where the engine cannot change a container. */
export async function planContainer(request: PlanRequest, context: OperationContext): Promise<PlanAdjustment> {
  await requireEngine(request.planned, context.engine, CONTAINER_REQUIREMENTS);
  await requireCpus(request.planned, context.engine);
  await requireLogDriver(request.planned, context.engine);
  if (request.prior === null) return request;
  const draft: Draft = { ...request, ...keepProject(request), prior: request.prior };
  const same = await sameToDaemon(draft, context);
  const known = await afterImport(keep(draft, same), context);
  return replacedWithinUpdate(request, refine(known, context));
}

function keep(draft: Draft, names: readonly string[]): Draft {
  const kept = Object.fromEntries(names.map((name): [string, Value] => [name, draft.prior[name] ?? null]));
  return { ...draft, planned: { ...draft.planned, ...kept }, replace: draft.replace.filter((name) => !names.includes(name)) };
}

/** Names of attributes whose change the daemon would not notice. */
async function sameToDaemon(draft: Draft, context: OperationContext): Promise<string[]> {
  const names = Object.keys(CHECKS).filter((name) => draft.replace.includes(name));
  const same = await Promise.all(names.map(async (name) => CHECKS[name]?.(draft, context)));
  return [...names.filter((_, index) => same[index]), ...(isDefaultSwap(draft) ? ["memory_swap"] : [])];
}

type Check = (draft: Draft, context: OperationContext) => Promise<boolean>;

const CHECKS: { readonly [name: string]: Check } = {
  image: sameImage,
  user: (draft, context) => isImageDefault("user", draft, context),
  working_dir: (draft, context) => isImageDefault("working_dir", draft, context),
  networks_advanced: async ({ prior, planned }, { engine }) =>
    planned["networks_advanced"] !== UNKNOWN && sameNetworks(engine, prior, planned),
};

/** A name and an id of the same image. */
async function sameImage({ prior, planned }: Draft, { engine }: OperationContext): Promise<boolean> {
  const [before, after] = [text(prior["image"]), text(planned["image"])];
  if (before === undefined || after === undefined) return false;
  const [beforeId, afterId] = await Promise.all([imageId(engine, before), imageId(engine, after)]);
  return beforeId !== undefined && beforeId === afterId;
}

/** Unset, and what the image says anyway. */
async function isImageDefault(name: string, { prior, planned }: Draft, { engine }: OperationContext): Promise<boolean> {
  const id = await imageId(engine, text(prior["image"]) ?? "");
  const inherited = id === undefined ? null : imageDefault(await imageConfig(engine, id), name);
  const effective = (value: Value | undefined): Value => (isZero(value ?? null) ? inherited : (value ?? null));
  return planned[name] !== UNKNOWN && isDeepStrictEqual(effective(prior[name]), effective(planned[name]));
}

/** The daemon's own choice where only the memory is configured. */
function isDefaultSwap({ prior, planned }: Draft): boolean {
  const [memory, before, after] = [
    integer(planned["memory"]) ?? 0,
    integer(prior["memory_swap"]) ?? 0,
    integer(planned["memory_swap"]) ?? 0,
  ];
  const effective = (swap: number): number => (swap === 0 ? 2 * memory : swap);
  return planned["memory_swap"] !== UNKNOWN && before !== after && effective(before) === effective(after);
}

/** An import knows only what runs: where that is as configured there is nothing to do. */
async function afterImport(draft: Draft, context: OperationContext): Promise<Draft> {
  if (!readNotes(context.priorPrivate).imported) return draft;
  const untold = await untoldOf(draft, context);
  // One that shall not start need not run either.
  const treatment = flag(draft.config["start"]) === false ? [...TREATMENT, "must_run"] : TREATMENT;
  const untreated = keep(draft, [...untold, ...treatment]);
  if (isDeepStrictEqual(untreated.planned, untreated.prior)) return untreated;
  // An update notes what the import could not know, which is no reason for another container.
  return { ...draft, replace: draft.replace.filter((name) => !untold.includes(name)) };
}

/** What the daemon mixes with its own defaults where nothing is configured, and files that are there as they are configured. */
async function untoldOf({ prior, planned, config, replace }: Draft, { engine }: OperationContext): Promise<string[]> {
  const defaults = DEFAULTS.filter((name) => isZero(config[name] ?? null));
  const hasFiles = replace.includes("upload") && (await holdsUploads(engine, text(prior["id"]) ?? "", planned));
  return hasFiles ? [...defaults, "upload"] : defaults;
}

function refine(draft: Draft, context: OperationContext): PlanAdjustment {
  const { prior, planned, replace } = draft;
  const mended = mendsNetworks(draft, context);
  const replaced = [...replace.filter((name) => !(mended && name === "networks_advanced")), ...droppedLimits(prior, planned)];
  const moves = mended || needsStart(prior, planned);
  const open = Object.fromEntries(RUNTIME.map((name): [string, Value] => [name, UNKNOWN]));
  return { planned: moves && replaced.length === 0 ? { ...planned, ...open } : planned, replace: replaced };
}

/** True when the networks differ only where somebody else changed them. */
function mendsNetworks({ prior, planned, replace }: Draft, context: OperationContext): boolean {
  if (!replace.includes("networks_advanced") || planned["networks_advanced"] === UNKNOWN) return false;
  const { networks } = readNotes(context.priorPrivate);
  return changedNetworks(prior, planned).every((name) => networks.includes(name));
}
