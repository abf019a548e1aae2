import { DataResource } from "cdktf";
import type { Construct } from "constructs";
import { literal } from "./literal";

/** Always false. Terraform refuses a condition that refers to nothing, and no workspace has an empty name. */
const NEVER = '${terraform.workspace == ""}';

/**
 * Lets every plan of its stack fail with a message, and only of its stack. Give `passed` to the provider in place of the host, so that
 * no host is asked before the message is shown.
 */
export class Refusal extends DataResource {
  constructor(scope: Construct, id: string, message: string, value: string) {
    super(scope, id, {
      input: { value },
      lifecycle: { precondition: [{ condition: NEVER, errorMessage: literal(message) }] },
    });
  }

  /** The value, which is never known, since the refusal comes before. */
  get passed(): string {
    return this.getStringAttribute("output.value");
  }
}
