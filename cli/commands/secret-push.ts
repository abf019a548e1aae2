import { Engine, type EngineOptions } from "../../engine";
import { readIdentities, type IdentityVariables } from "../../store/identity";
import { isEnvironmentName, isSecretName } from "../../store/names";
import { readSecret } from "../../store/secret-header";
import { SecretStore } from "../../store/secret-store";
import { StoreError } from "../../store/store-error";
import { Failure } from "../failure";
import { writeVolumeFile } from "../secret-volume";

/** Which version of a secret, in the words of a stack that was synthesised. */
export interface SecretReference {
  readonly environment: string;
  /** The folder of the project's secrets, as seen from here. */
  readonly directory: string;
  readonly versionId: string;
}

/** Where a deploy wants a secret. */
export interface PushOptions extends SecretReference {
  readonly volume: string;
  readonly image: string;
  /** `uid:gid`. */
  readonly owner: string;
  /** Octal. */
  readonly mode: string;
  readonly project: string;
  readonly stack: string;
  readonly path: string;
  readonly host?: string;
  readonly certPath?: string;
  readonly sshOption?: readonly string[];
}

/**
 * Decrypts a secret and writes it into a consumer's volume: what a deploy runs.
 *
 * @throws Failure, StoreError, EngineError
 */
export async function pushSecret(env: IdentityVariables, name: string, options: PushOptions): Promise<void> {
  checkReference(name, options);
  const { environment, directory, volume, image, mode, project, stack, path } = options;
  const [uid = 0, gid = 0] = options.owner.split(":").map(Number);
  const { value, version } = await new SecretStore(directory, environment).get(name, await readIdentities(env));
  requireVersion(name, options, version);
  const engine = new Engine(engineOptions(options));
  try {
    const labels = { "docker-tiers.project": project, "docker-tiers.stack": stack, "docker-tiers.path": path };
    await writeVolumeFile(engine, { volume, image, value, uid, gid, mode: Number.parseInt(mode, 8), labels });
  } finally {
    await engine.close();
  }
}

/**
 * Ends well when a consumer may be removed for its successor: the secret is as deployed, or gone with it, or can be decrypted here.
 *
 * @throws StoreError, Failure
 */
export async function readySecret(env: IdentityVariables, name: string, reference: SecretReference): Promise<void> {
  checkReference(name, reference);
  const { directory, environment, versionId } = reference;
  const store = new SecretStore(directory, environment);
  if (!store.has(name) || readSecret(directory, environment, name).header.version === versionId) return;
  await store.get(name, await readIdentities(env));
}

/** The stack names the volume by this version: another value must not come into it. */
function requireVersion(name: string, { environment, versionId }: SecretReference, version: string): void {
  if (version === versionId) return;
  const mend = `deploy again: npx cdktf deploy ${environment}`;
  throw new StoreError("SECRET_CHANGED", `${name} of ${environment} must be as it was planned, got another version; ${mend}`);
}

function checkReference(name: string, { environment }: SecretReference): void {
  if (isSecretName(name) && isEnvironmentName(environment)) return;
  throw new Failure("usage", "SECRET_NAME: secret and environment must be as a synthesised stack names them, got something else");
}

function engineOptions({ host, certPath, sshOption }: PushOptions): EngineOptions {
  return {
    ...(host === undefined ? {} : { host }),
    ...(certPath === undefined ? {} : { certPath }),
    ...(sshOption === undefined ? {} : { sshOptions: sshOption }),
  };
}
