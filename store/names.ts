import { join } from "node:path";

/** Folder of a project that holds its secrets: a folder per environment, a file per secret. */
export const STORE_DIRECTORY = "secrets";

/** What a secret may be called: it is a file's name, a part of an object's name on the host and of a path in the container. */
export const SECRET_NAME = "1 to 40 lower-case letters, digits and -, beginning and ending with a letter or digit";

/** What an environment with secrets may be called. */
export const ENVIRONMENT_NAME = "1 to 63 letters, digits, - and _, beginning with a letter or digit";

export function isSecretName(name: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(name);
}

export function isEnvironmentName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(name);
}

/** The file of a secret. */
export function secretFile(directory: string, environment: string, name: string): string {
  return join(directory, environment, `${name}.age`);
}
