import type { TerraformStack } from "cdktf";
import { ContainerImage, Health, Service, type HealthTiming, type INetwork, type ServiceProps } from "../../../constructs";
import { redisRecipe } from "../../../images/recipes/redis";

/** Healthy when the server answers at the host. */
export const answers = (host: string, timing: HealthTiming = { intervalSeconds: 1 }): Health =>
  Health.command(["sh", "-c", `redis-cli -h ${host} ping | grep -q PONG`], timing);

/** By the address of one family that the engine's name server has for an alias: the client's own `-6` asks for the other one. */
export const answersBy = (record: "a" | "aaaa", alias: string): Health =>
  answers(`"$(nslookup -type=${record} ${alias} 127.0.0.11 | sed -n "s/^Address: //p")"`);

export function service(stack: TerraformStack, id: string, props: Pick<ServiceProps, "health"> & Partial<ServiceProps>): void {
  new Service(stack, id, { image: ContainerImage.fromPackages(redisRecipe), memoryMiB: 16, ...props });
}

/** A server that listens on some addresses alone; on `::` it takes IPv6 only. */
export const listens = (addresses: string) => ({
  entrypoint: ["redis-server"],
  command: ["--save", "", "--protected-mode", "no", "--bind", addresses],
  port: 6379,
});
export const serve = listens("* -::*");
export const wait = { entrypoint: ["sleep"], command: ["600"] };

/** A service that answers, and one that is healthy when it finds the first by its alias: a deploy waits for that. */
export function pair(stack: TerraformStack, network: INetwork): void {
  service(stack, "Shop", { network, ...serve, health: answers("127.0.0.1") });
  service(stack, "Client", { network, ...wait, health: answers("shop") });
}
