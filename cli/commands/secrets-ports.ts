import { ENVIRONMENT_NAME, isEnvironmentName, isSecretName, SECRET_NAME, STORE_DIRECTORY } from "../../store/names";
import { environmentsOf, SecretStore } from "../../store/secret-store";
import type { IdentityVariables } from "../../store/identity";
import { Failure } from "../failure";
import type { Output } from "../progress";
import type { ValueSource } from "../secret-input";

/** What the secret commands need of their surroundings. */
export interface SecretsPorts {
  readonly output: Output;
  /** The folder of a project's secrets. */
  readonly directory: string;
  /** Directory that synth writes to. */
  readonly synthesised: string;
  readonly env: IdentityVariables;
  readonly input: ValueSource;
  /** Writes to the terminal, beside the output. */
  readonly prompt: (text: string) => void;
  /** Writes a value as it is. */
  readonly reveal: (value: Uint8Array) => void;
}

/** The surroundings of a command that a person runs. */
export function systemPorts(output: Output): SecretsPorts {
  return {
    output,
    directory: STORE_DIRECTORY,
    synthesised: "cdktf.out",
    env: process.env,
    input: process.stdin,
    prompt: (text) => void process.stderr.write(text),
    reveal: (value) => void process.stdout.write(value),
  };
}

/**
 * The store that a command works on. What was given is not repeated in faults: it may be a value in the wrong place.
 *
 * @param given - an environment; none stands for the only one that there is
 * @throws Failure `NO_ENVIRONMENT`, `UNKNOWN_ENVIRONMENT`
 */
export function storeOf({ directory }: SecretsPorts, given: string | undefined): SecretStore {
  const known = environmentsOf(directory);
  const [only] = known;
  if (given !== undefined && known.includes(given)) return new SecretStore(directory, given);
  if (given === undefined && known.length === 1 && only !== undefined) return new SecretStore(directory, only);
  const list = known.length === 0 ? "that was initialised" : `of ${known.join(", ")}`;
  const mend = "values come from standard input or a prompt; a new environment begins with: npx tiers secrets init ENVIRONMENT";
  if (given === undefined) throw new Failure("usage", `NO_ENVIRONMENT: environment must be one ${list}, got none; name it last`);
  throw new Failure("usage", `UNKNOWN_ENVIRONMENT: environment must be one ${list}, got another; ${mend}`);
}

/** @throws Failure `SECRET_NAME` */
export function checkName(name: string): void {
  if (isSecretName(name)) return;
  const mend = "values come from standard input or a prompt";
  throw new Failure("usage", `SECRET_NAME: secret name must be ${SECRET_NAME}, got something else; ${mend}`);
}

/** @throws Failure `ENVIRONMENT_NAME` */
export function checkEnvironment(name: string): void {
  if (isEnvironmentName(name)) return;
  throw new Failure("usage", `ENVIRONMENT_NAME: environment must be ${ENVIRONMENT_NAME}, got ${JSON.stringify(name)}; choose another`);
}

/** @throws Failure `SECRET_UNKNOWN` */
export function requireSecret(store: SecretStore, name: string): void {
  checkName(name);
  if (store.has(name)) return;
  const names = store.names();
  const known = names.length === 0 ? "none are set" : `they are ${names.join(", ")}`;
  throw new Failure("usage", `SECRET_UNKNOWN: secret must be in ${store.environment}, got none of that name; ${known}`);
}
