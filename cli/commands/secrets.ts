import { createIdentity, findIdentities, readIdentities } from "../../store/identity";
import { checked } from "../../store/recipients";
import { environmentsOf, SecretStore } from "../../store/secret-store";
import { Failure } from "../failure";
import { consumersOf } from "../secret-consumers";
import { checkEnvironment, requireSecret, storeOf, type SecretsPorts } from "./secrets-ports";

/**
 * Starts the secrets of an environment with the caller's key, which is made where there is none. Where others have started them, it says
 * how to be let in.
 *
 * @throws Failure, StoreError
 */
export async function initSecrets(ports: SecretsPorts, environment: string): Promise<void> {
  checkEnvironment(environment);
  const { directory, env, output } = ports;
  const known = await findIdentities(env);
  const own = known ?? (await createIdentity(env));
  if (known === undefined) output.line(`made your private key: ${own.file}; keep a copy where only you get at it`);
  const key = own.recipients[0] ?? "";
  const store = new SecretStore(directory, environment);
  if (store.init([key])) {
    output.line(`${environment}: you read its secrets, as ${key}`);
    output.line(`next: npx tiers secrets set NAME ${environment}`);
  } else if (own.recipients.some((recipient) => store.recipients().includes(recipient))) {
    output.line(`${environment}: you read its secrets already`);
  } else {
    output.line(`${environment}: you do not read its secrets yet; let a member run:`);
    output.line(`npx tiers secrets rotate ${environment} --add ${key}`);
  }
}

/** Prints a line for every secret: its version, and whether it is encrypted for those whom the environment lists. */
export function listSecrets(ports: SecretsPorts, names: readonly string[]): void {
  const { directory, output } = ports;
  const stores = names.length === 0 ? environmentsOf(directory).map((name) => new SecretStore(directory, name)) : undefined;
  for (const store of stores ?? names.map((name) => storeOf(ports, name))) {
    const entries = store.list();
    output.line(`${store.environment}: ${count(entries.length, "secret")}, ${count(store.recipients().length, "reader")}`);
    for (const { name, version, current } of entries) {
      const state = current ? "" : `  encrypted for others than listed; run: npx tiers secrets rotate ${store.environment}`;
      output.line(`  ${name}  ${version.slice(0, 8)}${state}`);
    }
  }
}

/** Whom a rotation lets in and shuts out. */
export interface RotateOptions {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/**
 * Encrypts all secrets of an environment again, for those whom it lists. Values and versions stay, so a deploy restarts nothing.
 *
 * @throws Failure `RECIPIENT_UNKNOWN`; StoreError
 */
export async function rotateSecrets(ports: SecretsPorts, given: string | undefined, options: RotateOptions = {}): Promise<void> {
  const { add = [], remove = [] } = options;
  const store = storeOf(ports, given);
  const listed = store.recipients();
  const unknown = remove.find((key) => !listed.includes(key));
  if (unknown !== undefined) {
    throw new Failure(
      "usage",
      `RECIPIENT_UNKNOWN: key to remove must be one that ${store.environment} lists, got ${JSON.stringify(unknown)}`,
    );
  }
  const added = add.map((key) => checked(key, "--add"));
  const keys = [...new Set([...listed, ...added])].filter((key) => !remove.includes(key));
  const secrets = await store.rotate(keys, await readIdentities(ports.env));
  ports.output.line(`${store.environment}: ${count(secrets, "secret")} encrypted for ${count(keys.length, "reader")}; nothing restarts`);
  if (remove.length > 0) ports.output.line("who was removed knows the values, and git keeps them: set new ones where that matters");
}

/**
 * Removes a secret; git has it still.
 *
 * @param options - `force` removes one that is mounted, too
 * @throws Failure `SECRET_UNKNOWN`, `SECRET_IN_USE`
 */
export function removeSecret(ports: SecretsPorts, name: string, given: string | undefined, options: { readonly force?: boolean }): void {
  const store = storeOf(ports, given);
  requireSecret(store, name);
  const consumers = options.force === true ? [] : consumersOf(ports.synthesised, store.environment, name);
  if (consumers.length > 0) {
    const mend = `take Secret.fromStore("${name}") out and run npx cdktf synth, or add --force`;
    throw new Failure("failed", `SECRET_IN_USE: ${name} must not be mounted, got ${consumers.join(", ")}; ${mend}`);
  }
  store.remove(name);
  ports.output.line(`${store.environment}: ${name} is removed; hosts lose it with the next deploy`);
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
