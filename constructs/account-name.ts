import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { shortHash } from "./hash";
import { localName, objectName } from "./naming";

/** The longest name of a user that every database takes. */
const MAX_LENGTH = 32;

/**
 * What a client is called by a server: its path, and in another stack the stack before it. Letters, digits, `-`, `_` and `.`, which need no quoting.
 *
 * @throws ConstructError `OBJECT_NAME` when the path holds others
 */
export function accountName(server: IConstruct, client: IConstruct): string {
  const whole = objectName(client);
  const name = TerraformStack.of(client) === TerraformStack.of(server) ? localName(client) : whole;
  return name.length <= MAX_LENGTH ? name : `${name.slice(0, MAX_LENGTH - 9)}-${shortHash(name)}`;
}
