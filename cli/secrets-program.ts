import type { Command } from "commander";
import type { PushOptions, SecretReference } from "./commands/secret-push";
import type { SecretsPorts } from "./commands/secrets-ports";
import type { Output } from "./progress";

const ENVIRONMENT = ["[environment]", "may be left out when there is one"] as const;
const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Adds `tiers secrets`; what its commands need is loaded when one is run. */
export function addSecrets(tiers: Command, output: Output): void {
  const secrets = tiers.command("secrets").description("values that a person supplies, encrypted in the repository");
  addMembers(secrets, output);
  addValues(secrets, output);
  addDeploySteps(secrets);
}

function addMembers(secrets: Command, output: Output): void {
  secrets
    .command("init")
    .description("start the secrets of an environment, with a key of yours")
    .argument("<environment>")
    .action(async (environment: string) => {
      const [{ initSecrets }, ports] = [await import("./commands/secrets.js"), await portsOf(output)];
      await initSecrets(ports, environment);
    });
  secrets
    .command("rotate")
    .description("encrypt them again, for those whom recipients.txt lists; values stay and nothing restarts")
    .argument(...ENVIRONMENT)
    .option("--add <key>", "let the owner of this public key in", collect)
    .option("--remove <key>", "shut the owner of this public key out", collect)
    .action(async (environment: string | undefined, options: { add?: string[]; remove?: string[] }) => {
      const [{ rotateSecrets }, ports] = [await import("./commands/secrets.js"), await portsOf(output)];
      await rotateSecrets(ports, environment, options);
    });
}

function addValues(secrets: Command, output: Output): void {
  secrets
    .command("set")
    .description("encrypt a value from standard input or a hidden prompt")
    .argument("<name>")
    .argument(...ENVIRONMENT)
    .option("--generate", "make a random value")
    .action(async (name: string, environment: string | undefined, options: { generate?: boolean }) => {
      const [{ setSecret }, ports] = [await import("./commands/secret-values.js"), await portsOf(output)];
      await setSecret(ports, name, environment, options);
    });
  secrets
    .command("get")
    .description("decrypt a value to standard output")
    .argument("<name>")
    .argument(...ENVIRONMENT)
    .action(async (name: string, environment: string | undefined) => {
      const [{ getSecret }, ports] = [await import("./commands/secret-values.js"), await portsOf(output)];
      await getSecret(ports, name, environment, process.stdout.isTTY);
    });
  secrets
    .command("list")
    .description("show names and versions, without values")
    .argument("[environments...]", "all of them by default")
    .action(async (environments: string[]) => {
      const [{ listSecrets }, ports] = [await import("./commands/secrets.js"), await portsOf(output)];
      listSecrets(ports, environments);
    });
  secrets
    .command("rm")
    .description("remove a secret that nothing mounts")
    .argument("<name>")
    .argument(...ENVIRONMENT)
    .option("--force", "remove it even though it is mounted")
    .action(async (name: string, environment: string | undefined, options: { force?: boolean }) => {
      const [{ removeSecret }, ports] = [await import("./commands/secrets.js"), await portsOf(output)];
      removeSecret(ports, name, environment, options);
    });
}

/** What deploys run. */
function addDeploySteps(secrets: Command): void {
  reference(secrets.command("ready", { hidden: true })).action(async (name: string, options: SecretReference) => {
    const { readySecret } = await import("./commands/secret-push.js");
    await readySecret(process.env, name, options);
  });
  const push = reference(secrets.command("push", { hidden: true }));
  for (const option of ["volume", "image", "owner", "mode", "project", "stack", "path"]) push.requiredOption(`--${option} <text>`);
  push
    .option("--host <address>")
    .option("--cert-path <directory>")
    .option("--ssh-option <option>", "", collect)
    .action(async (name: string, options: PushOptions) => {
      const { pushSecret } = await import("./commands/secret-push.js");
      await pushSecret(process.env, name, options);
    });
}

function reference(command: Command): Command {
  command.argument("<name>");
  for (const option of ["environment", "directory", "version-id"]) command.requiredOption(`--${option} <text>`);
  return command;
}

async function portsOf(output: Output): Promise<SecretsPorts> {
  const { systemPorts } = await import("./commands/secrets-ports.js");
  return systemPorts(output);
}
