import type { IConstruct } from "constructs";
import { ConstructError } from "./errors";
import type { Health } from "./health";
import { argumentFault, textFault } from "./text";

/** What of a workload is text that people write. */
interface WorkloadTexts {
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly health?: Health | undefined;
  readonly port?: number | undefined;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Refuses texts that would not arrive in the container as they are.
 *
 * @throws ConstructError `TEXT`
 */
export function requireTexts(owner: IConstruct, { entrypoint = [], command = [], health, port, labels = {} }: WorkloadTexts): void {
  const refuse = (subject: string, fault: string | undefined): void => {
    if (fault !== undefined) throw new ConstructError("TEXT", `${subject} ${fault}`, owner);
  };
  const programs = { entrypoint, command, health: health?.test(port) ?? [] };
  for (const [name, words] of Object.entries(programs)) {
    words.forEach((word, index) => refuse(`word ${String(index + 1)} of ${name}`, argumentFault(word)));
  }
  for (const [label, value] of Object.entries(labels)) {
    refuse(`label ${JSON.stringify(label.slice(0, 40))}`, label === "" ? 'must have a name, got ""; name it' : textFault(label));
    refuse(`value of label ${JSON.stringify(label.slice(0, 40))}`, textFault(value));
  }
}
