import type { TerraformStack } from "cdktf";
import { BridgeNetwork, Health, Service, type ServiceProps, WebTier, type WebTierProps } from "../../../constructs";
import { container, shopImage, synth, type TerraformJson } from "../synth";

export const service = (stack: TerraformStack, id = "Shop", props: Partial<ServiceProps> = {}): Service =>
  new Service(stack, id, { image: shopImage(), memoryMiB: 64, health: Health.http("/"), port: 3000, ...props });

/** A service on a network of its own. */
export const reachableService = (stack: TerraformStack, id = "Shop"): Service =>
  service(stack, id, { network: new BridgeNetwork(stack, `${id}Edge`) });

export const tier = (stack: TerraformStack, props: Partial<WebTierProps> = {}): WebTier =>
  new WebTier(stack, "Web", { image: shopImage(), memoryMiB: 64, ...props });

/** A stack with a tier before one service. */
export const front = (props: Partial<WebTierProps> = {}): TerraformJson =>
  synth((stack) => tier(stack, { routes: { "/": service(stack, "Shop", { network: new BridgeNetwork(stack, "Edge") }) }, ...props }));

/** A file of the tier's configuration. */
export function config(json: TerraformJson, name = "nginx.conf"): string | undefined {
  const uploads = container(json, "Web/Config/Loader")["upload"] as { file: string; content: string }[];
  return uploads.find(({ file }) => file === `/config/${name}`)?.content;
}
