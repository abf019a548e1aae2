import { DiagnosticError } from "../diagnostic";
import { PATH_LABEL, STACK_LABEL, type Labels } from "../identity";

/** An object of the daemon that holds a name that we want. */
export interface NameHolder {
  readonly kind: "container" | "network" | "volume";
  readonly name: string;
  readonly id: string;
  /** When it was created, as the daemon says it. */
  readonly since: string;
  readonly labels: Labels | null | undefined;
}

/** Says who holds a name, since when, and what can be done. */
export function nameTaken({ kind, name, id, since, labels }: NameHolder): DiagnosticError {
  const [stack, path] = [labels?.[STACK_LABEL], labels?.[PATH_LABEL]];
  const owner = stack ? `of stack ${stack}${path ? `, ${path}` : ""}` : "(not made by docker-tiers)";
  const shortId = /^[0-9a-f]{64}$/.test(id) ? id.slice(0, 12) : id;
  const detail =
    `${kind} name must be free, got ${JSON.stringify(name)}, which is held by the ${kind} ${shortId} ${owner} since ${since}; ` +
    `remove it (\`docker ${kind} rm ${shortId}\`), choose another name, or take it over: \`terraform import ADDRESS ${id}\``;
  return new DiagnosticError(`The ${kind} name is taken`, detail, { path: ["name"] });
}
