import { PROJECT_LABEL } from "../identity";
import type { OperationContext } from "../resource";
import { describeHolder, type NameHolder } from "./name-taken";

const UNKNOWN_TO_STATE =
  "the same construct made it, and this state did not know it, as after a deploy that was killed or one from another clone";

type Teller = Pick<OperationContext, "warn">;

/** Tells that an object which this state did not know is used as it is. */
export function tellAdopted(context: Teller, holder: NameHolder): void {
  context.warn(
    `${capital(holder.kind)} ${holder.name} was taken over`,
    `${describeHolder(holder)} is used as it is: ${UNKNOWN_TO_STATE}${doubt(holder)}`,
  );
}

/** Tells that an object which this state did not know was removed for the new one. */
export function tellReplaced(context: Teller, holder: NameHolder): void {
  context.warn(
    `${capital(holder.kind)} ${holder.name} was replaced`,
    `${describeHolder(holder)} was removed for the new one: ${UNKNOWN_TO_STATE}${doubt(holder)}`,
  );
}

/** Tells that data is there from before. Terraform folds warnings of one summary: a stack that is deployed again shows one. */
export function tellKeptData(context: Teller, holder: NameHolder): void {
  const detail = `${describeHolder(holder)} was kept, and its data is used again; for a fresh start destroy the stack and run \`docker volume rm ${holder.name}\``;
  context.warn("Kept data is used again", detail);
}

function doubt({ labels }: NameHolder): string {
  return labels?.[PROJECT_LABEL] ? "" : "; it was made before objects told their project: make sure that it is yours";
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
