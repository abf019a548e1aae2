import { evaluate } from "../../policies/evaluate";
import type { Exception } from "../../policies/exception";
import { Attributes, type JsonObject } from "../../policies/attributes";
import type { RenderedContainer, RenderedStack } from "../../policies/rendered-container";

/** Attributes of a service that keeps every rule. */
export const SAFE: JsonObject = {
  name: "prod-shop",
  image: "registry.example/shop:1.4.2",
  user: "1000:1000",
  read_only: true,
  memory: 64,
  memory_swap: 64,
  cpu_shares: 1024,
  cpu_period: 100_000,
  cpu_quota: 100_000,
  pids_limit: 200,
  capabilities: [{ drop: ["ALL"] }],
  security_opts: ["no-new-privileges:true"],
  restart: "no",
  log_driver: "json-file",
  log_opts: { "max-size": "10m", "max-file": "3" },
  networks_advanced: [{ name: "prod-edge", aliases: ["shop"] }],
  healthcheck: [{ test: ["CMD", "true"], interval: "3s" }],
  env: ["PORT=3000"],
  labels: [{ label: "docker-tiers.stack", value: "prod" }],
};

const REFERENCE = `registry.example/shop:1.4.2@sha256:${"ab".repeat(32)}`;

/** What a test gives in place of the attributes. */
export interface ContainerSetup extends Partial<Omit<RenderedContainer, "attributes">> {
  readonly attributes?: JsonObject;
}

/** A safe container, but for what is given; undefined takes an attribute out. */
export function container({ attributes = {}, ...rest }: ContainerSetup = {}): RenderedContainer {
  return {
    path: "prod/Shop/Resource",
    address: "docker_container.Shop",
    image: { reference: REFERENCE },
    hostPaths: [],
    ...rest,
    attributes: new Attributes({ ...SAFE, ...attributes }),
  };
}

export function stackOf(...containers: readonly RenderedContainer[]): RenderedStack {
  return { name: "prod", containers, providers: [{ host: "unix:///var/run/docker.sock", tls: false }] };
}

/** What a rule says of a stack in prod. */
export const messages = (stack: RenderedStack, id: string, exceptions: readonly Exception[] = []): string[] =>
  evaluate(stack, { profile: "prod", exceptions })
    .findings.filter(({ rule }) => rule === id)
    .map(({ message }) => message);
