import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformStack, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { ConstructError } from "./errors";
import { stackDefaults } from "./stack-defaults";

/** What a way from one stack into another may do. */
export interface Crossing {
  /** Whether it was said that it may lead into another environment. @default false */
  readonly otherEnvironment?: boolean | undefined;
  /** How far the network reaches that it takes. @default "local" */
  readonly scope?: "local" | "swarm";
}

/**
 * Refuses a way from one stack into another that cannot work, or that nobody can have meant.
 *
 * @param to - a server, or a network
 * @throws ConstructError `OTHER_HOST` when the two are on different engines, `OTHER_ENVIRONMENT` when they are of different environments and
 * that was not said
 */
export function requireReachable(client: IConstruct, to: IConstruct, { otherEnvironment = false, scope = "local" }: Crossing = {}): void {
  if (TerraformStack.of(client) === TerraformStack.of(to)) return;
  if (scope === "local") requireOneHost(client, to);
  if (!otherEnvironment) requireOneEnvironment(client, to);
}

function requireOneHost(client: IConstruct, to: IConstruct): void {
  const [ours, theirs] = [hostOf(client), hostOf(to)];
  if (ours === undefined || theirs === undefined || ours === theirs) return;
  throw new ConstructError(
    "OTHER_HOST",
    `${client.node.path} must be on the engine of ${to.node.path}, which no network but an overlay leaves, got "${ours}" and "${theirs}"; put both stacks on one host, or publish the server there`,
    client,
  );
}

const providers = new WeakMap<TerraformStack, DockerProvider>();

/** Undefined where it is known to Terraform alone. */
function hostOf(construct: IConstruct): string | undefined {
  const stack = TerraformStack.of(construct);
  const found = providers.get(stack) ?? stack.node.findAll().find((child) => child instanceof DockerProvider);
  if (!(found instanceof DockerProvider)) return undefined;
  providers.set(stack, found);
  return Token.isUnresolved(found.host) ? undefined : found.host;
}

function requireOneEnvironment(client: IConstruct, to: IConstruct): void {
  const [ours, theirs] = [client, to].map((construct) => stackDefaults(construct).environment);
  if (ours === undefined || theirs === undefined || ours === theirs) return;
  throw new ConstructError(
    "OTHER_ENVIRONMENT",
    `${client.node.path} must be of the environment of ${to.node.path}, got "${ours}" and "${theirs}"; connect it to the one of its own environment, or say otherEnvironment: true`,
    client,
  );
}
