import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ConstructError } from "./errors";

/** A DNS label (RFC 1035, 2.3.4) holds 63 octets, and names of containers are looked up by DNS. */
const MAX_NAME_LENGTH = 63;

const kebab = (id: string): string =>
  id
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();

/** Construct path below the stack in kebab case: `dev/Shop/Database` is `shop-database`. */
export function localName(construct: IConstruct, ...suffixes: readonly string[]): string {
  const stack = TerraformStack.of(construct);
  const ids = construct.node.scopes.slice(stack.node.scopes.length).map((scope) => scope.node.id);
  return [...ids.filter((id) => id !== "Resource" && id !== "Default").map(kebab), ...suffixes].join("-");
}

/**
 * The name of a construct's object on the host: stack id and {@link localName}, `dev/Shop/Database` is `dev-shop-database`.
 *
 * @throws ConstructError `OBJECT_NAME` when it holds other characters than letters, digits, `-`, `_`, `.` or is longer than 63.
 */
export function objectName(construct: IConstruct, ...suffixes: readonly string[]): string {
  const name = `${kebab(TerraformStack.of(construct).node.id)}-${localName(construct, ...suffixes)}`;
  if (!/^[a-z0-9][a-z0-9_.-]*$/.test(name)) {
    throw new ConstructError(
      "OBJECT_NAME",
      `construct ids must be letters, digits, "-", "_" or ".", got ${JSON.stringify(name)}; rename the construct`,
      construct,
    );
  }
  if (name.length > MAX_NAME_LENGTH) {
    throw new ConstructError(
      "OBJECT_NAME",
      `object name must be at most ${String(MAX_NAME_LENGTH)} characters, got ${String(name.length)} in "${name}"; shorten the construct ids`,
      construct,
    );
  }
  return name;
}
