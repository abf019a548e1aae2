import type { TerraformStack } from "cdktf";
import { ContainerImage, Health, Service, type INetwork, type ServiceProps } from "../../../constructs";
import { redisRecipe } from "../../../images/recipes/redis";

/** Healthy when the server answers at the host. */
export const answers = (host: string, ...options: string[]): Health =>
  Health.command(["sh", "-c", `redis-cli ${options.join(" ")} -h ${host} ping | grep -q PONG`], { intervalSeconds: 1 });

export function service(stack: TerraformStack, id: string, props: Pick<ServiceProps, "health"> & Partial<ServiceProps>): void {
  new Service(stack, id, { image: ContainerImage.fromPackages(redisRecipe), memoryMiB: 16, ...props });
}

export const serve = { entrypoint: ["redis-server"], command: ["--save", "", "--protected-mode", "no", "--bind", "* -::*"], port: 6379 };
export const wait = { entrypoint: ["sleep"], command: ["600"] };

/** A service that answers, and one that is healthy when it finds the first by its alias: a deploy waits for that. */
export function pair(stack: TerraformStack, network: INetwork): void {
  service(stack, "Shop", { network, ...serve, health: answers("127.0.0.1") });
  service(stack, "Client", { network, ...wait, health: answers("shop") });
}
