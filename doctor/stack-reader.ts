import { Attributes, isObject } from "../policies/attributes";
import { publishedPorts } from "../policies/published-port";
import { staysUp, type RenderedContainer, type RenderedStack } from "../policies/rendered-container";
import type { StackNeeds } from "./stack-needs";

/**
 * Reads what a stack needs.
 *
 * @param json - its Terraform JSON, for what is not in a container: the networks
 */
export function readNeeds(stack: RenderedStack, json: unknown): StackNeeds {
  const staying = stack.containers.filter(staysUp);
  return {
    name: stack.name,
    memoryMiB: sum(staying.map(({ attributes }) => attributes.number("memory") ?? 0)),
    hostMemoryMiB: stack.hostMemoryMiB,
    logMiB: Math.ceil(sum(staying.map(logMiB))),
    ports: stack.containers.flatMap(publishedPorts).flatMap(({ address, hostPort }) => {
      return hostPort === undefined ? [] : [{ address: /^(0\.0\.0\.0|::)$/.test(address) ? "" : address, port: hostPort }];
    }),
    subnets: subnets(json),
    directories: [...new Set(stack.containers.flatMap(({ hostPaths }) => hostPaths))].sort(),
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const UNIT_MIB: Readonly<Record<string, number>> = { k: 1 / 1024, m: 1, g: 1024 };

function logMiB({ attributes }: RenderedContainer): number {
  const { "max-size": size = "", "max-file": files = "1" } = attributes.map("log_opts");
  const [, amount, unit = ""] = /^(\d+)([kmg])b?$/i.exec(size) ?? [];
  return Number(amount ?? 0) * (UNIT_MIB[unit.toLowerCase()] ?? 0) * Number(files);
}

function subnets(json: unknown): string[] {
  const resources = isObject(json) ? json["resource"] : undefined;
  const networks = isObject(resources) ? resources["docker_network"] : undefined;
  const bodies = Object.values(isObject(networks) ? networks : {})
    .flatMap((body): unknown[] => (Array.isArray(body) ? body : [body]))
    .filter(isObject);
  const ranges = bodies.flatMap((body) => new Attributes(body).blocks("ipam_config").map((range) => range.text("subnet")));
  return [...new Set(ranges)].filter((range) => range !== "" && !range.includes("${"));
}
