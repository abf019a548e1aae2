import { ConstructError } from "../constructs/errors";
import { BASES, type Base } from "./setting";

/** An environment by name: `dev`, `staging` and `prod` have defaults of their own, any other is like one of them. */
export type EnvironmentName =
  | string
  | {
      readonly name: string;
      /** Whose defaults it starts from. @default - its own, or those of dev */
      readonly like?: Base;
    };

const NAME = /^[a-z][a-z0-9-]{0,30}$/;
// DOCKER_HOST and its kin belong to Docker's own client, and must not redirect an environment.
const RESERVED = "docker";

/** The names and bases of the environments asked for. */
export function resolveNames(names: readonly EnvironmentName[]): { readonly name: string; readonly base: Base }[] {
  const resolved = names.map(resolve);
  const twice = resolved.find(({ name }, index) => resolved.findIndex((other) => other.name === name) < index);
  if (twice === undefined) return resolved;
  throw new ConstructError("ENVIRONMENT_TWICE", `environment names must differ, got "${twice.name}" twice; leave one out`);
}

function resolve(given: EnvironmentName): { readonly name: string; readonly base: Base } {
  const { name, like } = typeof given === "string" ? { name: given } : given;
  if (!NAME.test(name)) {
    const accepted = "1 to 31 lower-case letters, digits and -, beginning with a letter";
    throw new ConstructError("ENVIRONMENT_NAME", `environment name must be ${accepted}, got ${JSON.stringify(name)}`);
  }
  if (name === RESERVED) {
    const why = "DOCKER_HOST would be its setting and is that of Docker's own client; choose another name";
    throw new ConstructError("ENVIRONMENT_NAME", `environment name must not be "${RESERVED}", got "${RESERVED}"; ${why}`);
  }
  return { name, base: like ?? BASES.find((base) => base === name) ?? "dev" };
}
