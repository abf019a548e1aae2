import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import {
  BridgeNetwork,
  Health,
  LogDriver,
  PublicDockerProvider,
  Redis,
  Service,
  setStackDefaults,
  WebTier,
  type ServiceProps,
  type WebTierProps,
} from "../../constructs";
import { inFolder, shopImage } from "./synth";

export const HERE = "unix:///var/run/docker.sock";

export interface Stacks {
  readonly app: App;
  readonly data: TerraformStack;
  readonly web: TerraformStack;
}

/** Where the stacks are, in the order data, web. */
export interface Places {
  readonly hosts?: readonly [string, string];
  readonly environments?: readonly [string, string];
}

export const setEnvironment = (stack: TerraformStack, environment: string): void =>
  setStackDefaults(stack, { log: LogDriver.jsonFile(), environment });

/** A program of two stacks. */
export function stacks(folder: string, { hosts = [HERE, HERE], environments }: Places = {}): Stacks {
  const app = new App({ outdir: join(folder, "cdktf.out") });
  const [data, web] = [new TerraformStack(app, "data"), new TerraformStack(app, "web")];
  for (const [index, stack] of [data, web].entries()) {
    new PublicDockerProvider(stack, "docker", { host: hosts[index] ?? HERE });
    const environment = environments?.[index];
    if (environment !== undefined) setEnvironment(stack, environment);
  }
  return { app, data, web };
}

/** What a program of two stacks is, without its files. */
export const inStacks = <T>(places: Places, use: (stacks: Stacks) => T): T => inFolder((folder) => use(stacks(folder, places)));

export const service = (stack: TerraformStack, id: string, props: Partial<ServiceProps> = {}): Service =>
  new Service(stack, id, { image: shopImage(), port: 3000, memoryMiB: 64, health: Health.http("/"), ...props });
export const shop = (stack: TerraformStack): Service => service(stack, "Shop", { network: new BridgeNetwork(stack, "Edge") });
export const cache = (stack: TerraformStack): Redis => new Redis(stack, "Cache", { image: shopImage(), memoryMiB: 64 });
export const tier = (stack: TerraformStack, asked: Service, props: Partial<WebTierProps> = {}): WebTier =>
  new WebTier(stack, "Web", { image: shopImage(), memoryMiB: 32, routes: { "/": asked }, ...props });
