import { isObject, type JsonObject } from "./attributes";

const ADDRESS = "Policies";
/** Always false. Terraform refuses a condition that refers to nothing, and no workspace has an empty name. */
const NEVER = '${terraform.workspace == ""}';

/**
 * A stack's Terraform JSON of which every plan fails with a message. The host goes through what fails, so that no host is asked before the
 * message is shown.
 *
 * @param path - construct path of the stack
 */
export function refuse(json: JsonObject, path: string, message: string): JsonObject {
  const { provider, resource } = json;
  const providers = isObject(provider) ? provider : {};
  const [docker, ...others] = Array.isArray(providers["docker"]) ? providers["docker"].filter(isObject) : [];
  const passed = `\${terraform_data.${ADDRESS}.output.value}`;
  const data = {
    "//": { metadata: { path: `${path}/${ADDRESS}`, uniqueId: ADDRESS } },
    input: { value: docker?.["host"] ?? "" },
    lifecycle: { precondition: [{ condition: NEVER, error_message: message.replace(/([$%])\{/g, "$1$1{") }] },
  };
  return {
    ...json,
    ...(docker?.["host"] === undefined ? {} : { provider: { ...providers, docker: [{ ...docker, host: passed }, ...others] } }),
    resource: within(resource, "terraform_data", data),
  };
}

function within(resources: unknown, type: string, body: JsonObject): JsonObject {
  const all = isObject(resources) ? resources : {};
  const same = isObject(all[type]) ? all[type] : {};
  return { ...all, [type]: { ...same, [ADDRESS]: body } };
}
