import { name, version } from "../../package.json";

/** Value that Terraform sets so that a plugin knows who started it. */
export const MAGIC_COOKIE = { name: "TF_PLUGIN_MAGIC_COOKIE", value: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };

/** Address under which Terraform knows this provider. */
const PROVIDER_ADDRESS = "terraform.local/docker-tiers/docker";

const CORE_PROTOCOL = 1;
export const PLUGIN_PROTOCOL = 6;

/** What someone reads who starts the provider by hand. */
export const NOT_A_COMMAND = `${name} ${version}: this is a Terraform provider, run by terraform itself; run \`terraform plan\` in a directory that uses it\n`;

/** True when Terraform started this process. */
export function startedByTerraform(environment: NodeJS.ProcessEnv): boolean {
  return environment[MAGIC_COOKIE.name] === MAGIC_COOKIE.value;
}

/** The one line on standard output by which Terraform finds the server. */
export function handshakeLine(socketPath: string, certificate: string): string {
  return `${CORE_PROTOCOL}|${PLUGIN_PROTOCOL}|unix|${socketPath}|grpc|${certificate}\n`;
}

/** The environment variable that makes Terraform use a provider that already runs. */
export function reattachVariable(socketPath: string, pid: number): string {
  const address = { Network: "unix", String: socketPath };
  const entry = { Protocol: "grpc", ProtocolVersion: PLUGIN_PROTOCOL, Pid: pid, Test: true, Addr: address };
  return `TF_REATTACH_PROVIDERS='${JSON.stringify({ [PROVIDER_ADDRESS]: entry })}'`;
}
