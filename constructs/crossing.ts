import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformStack, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConstructError } from "./errors";
import { stackDefaults } from "./stack-defaults";

/**
 * Refuses a way from one stack into another that cannot work, or that nobody can have meant.
 *
 * @param otherEnvironment - whether that was said; undefined where it cannot be
 * @throws ConstructError `OTHER_HOST` when the two are on different engines, `OTHER_ENVIRONMENT` when they are of different environments and
 * that was not said
 */
export function requireReachable(client: IConstruct, server: IConstruct, otherEnvironment?: boolean): void {
  if (TerraformStack.of(client) === TerraformStack.of(server)) return;
  requireOneHost(client, server);
  if (otherEnvironment !== true) requireOneEnvironment(client, server, otherEnvironment === false ? ", or say otherEnvironment: true" : "");
}

function requireOneHost(client: IConstruct, server: IConstruct): void {
  const [ours, theirs] = [hostOf(client), hostOf(server)];
  if (ours === undefined || theirs === undefined || ours === theirs) return;
  throw new ConstructError(
    "OTHER_HOST",
    `${client.node.path} must be on the engine of ${server.node.path}, which its network does not leave, got "${ours}" and "${theirs}"; put both stacks on one host, or publish the server there`,
    client,
  );
}

/** Undefined where it is known to Terraform alone. */
function hostOf(construct: IConstruct): string | undefined {
  const found = TerraformStack.of(construct)
    .node.findAll()
    .find((child) => child instanceof DockerProvider);
  const host = found instanceof DockerProvider ? found.host : undefined;
  return Token.isUnresolved(host) ? undefined : host;
}

function requireOneEnvironment(client: IConstruct, server: IConstruct, word: string): void {
  const [ours, theirs] = [client, server].map((construct) => stackDefaults(construct).environment);
  if (ours === undefined || theirs === undefined || ours === theirs) return;
  throw new ConstructError(
    "OTHER_ENVIRONMENT",
    `${client.node.path} must be of the environment of ${server.node.path}, got "${ours}" and "${theirs}"; connect it to the one of its own environment${word}`,
    client,
  );
}
