import { isObject, type JsonObject } from "./attributes";

const ADDRESS = "Policies";
/** Always false. Terraform refuses a condition that refers to nothing, and no workspace has an empty name. */
const NEVER = '${terraform.workspace == ""}';

/**
 * A stack's Terraform JSON of which every plan fails with a message. Nothing depends on what fails, so that a destroy still works.
 *
 * @param path - construct path of the stack
 */
export function refuse(json: JsonObject, path: string, message: string): JsonObject {
  const resources = isObject(json["resource"]) ? json["resource"] : {};
  const data = isObject(resources["terraform_data"]) ? resources["terraform_data"] : {};
  const refusal = {
    "//": { metadata: { path: `${path}/${ADDRESS}`, uniqueId: ADDRESS } },
    lifecycle: { precondition: [{ condition: NEVER, error_message: message.replace(/([$%])\{/g, "$1$1{") }] },
  };
  return { ...json, resource: { ...resources, terraform_data: { ...data, [ADDRESS]: refusal } } };
}
