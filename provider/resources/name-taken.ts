import { DiagnosticError } from "../diagnostic";
import { ownerOf, PROJECT_LABEL, STACK_LABEL, type Labels } from "../identity";

/** An object of the daemon that holds a name that we want. */
export interface NameHolder {
  readonly kind: "config" | "container" | "network" | "secret" | "service" | "volume";
  readonly name: string;
  readonly id: string;
  /** When it was created, as the daemon says it. */
  readonly since: string;
  readonly labels: Labels | null | undefined;
}

/** Says who holds a name, since when, and what can be done. */
export function nameTaken(holder: NameHolder, wanted: Labels): DiagnosticError {
  const { kind, name, id } = holder;
  const mend = isOtherProjects(holder, wanted)
    ? parting(holder, wanted)
    : `remove it (\`docker ${kind} rm ${shortId(holder)}\`), choose another name`;
  const detail =
    `${kind} name must be free, got ${JSON.stringify(name)}, which is held by ${describeHolder(holder)}; ` +
    `${mend}, or take it over: \`terraform import ADDRESS ${id}\``;
  return new DiagnosticError(`The ${kind} name is taken`, detail, { path: ["name"] });
}

/** `the container 0123456789ab of project shop, stack dev, dev/Shop/Resource since 2026-01-02T03:04:05Z`. */
export function describeHolder(holder: NameHolder): string {
  return `the ${holder.kind} ${shortId(holder)} ${ownerOf(holder.labels)} since ${holder.since}`;
}

function shortId({ id }: NameHolder): string {
  return /^[0-9a-f]{64}$/.test(id) ? id.slice(0, 12) : id;
}

/** Names begin with the stack's id, so that two projects meet where they have a stack of one id. */
function isOtherProjects({ labels }: NameHolder, wanted: Labels): boolean {
  const project = labels?.[PROJECT_LABEL];
  return project !== undefined && project !== wanted[PROJECT_LABEL] && labels?.[STACK_LABEL] === wanted[STACK_LABEL];
}

function parting({ labels }: NameHolder, wanted: Labels): string {
  const { [PROJECT_LABEL]: ours, [STACK_LABEL]: stack = "" } = wanted;
  const free = `${(ours ?? "my").replace(/^@[^/]*\//, "")}-${stack}`;
  return (
    `names begin with the stack's id: give this stack of ${ours ? `project ${ours}` : "no project"} another id, such as ${free}, ` +
    `give both one project if they are one (the setting PROJECT=${labels?.[PROJECT_LABEL] ?? ""}, or project in setStackDefaults)`
  );
}
