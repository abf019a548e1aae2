import type { Engine } from "../../engine";
import { blocks, text, type ObjectValue } from "../value";
import type { Service, ServiceSpec, SwarmData } from "./swarm-api";

/** The specification with the names of secrets and configs that were given by id alone. */
export async function withReferenceNames(engine: Engine, spec: ServiceSpec): Promise<ServiceSpec> {
  const container = spec.TaskTemplate.ContainerSpec ?? {};
  const nameOf = async (kind: "secrets" | "configs", id: string): Promise<string> =>
    (await engine.get<SwarmData>(`/${kind}/${encodeURIComponent(id)}`)).Spec.Name;
  const secrets = (container.Secrets ?? []).map(async (secret) => {
    return { ...secret, SecretName: secret.SecretName || (await nameOf("secrets", secret.SecretID)) };
  });
  const configs = (container.Configs ?? []).map(async (config) => {
    return { ...config, ConfigName: config.ConfigName || (await nameOf("configs", config.ConfigID)) };
  });
  const [Secrets, Configs] = await Promise.all([Promise.all(secrets), Promise.all(configs)]);
  return { ...spec, TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: { ...container, Secrets, Configs } } };
}

/** Names of a service's networks by their ids, where the state does not know the ids. */
export async function networkNamesOf(
  engine: Engine,
  service: Service,
  prior: ObjectValue | undefined,
): Promise<ReadonlyMap<string, string>> {
  const [task] = blocks(prior?.["task_spec"]);
  const known = new Set(blocks(task?.["networks_advanced"]).flatMap((network) => [text(network["id"]), text(network["name"])]));
  const open = (service.Spec.TaskTemplate.Networks ?? []).map(({ Target }) => Target).filter((target) => !known.has(target));
  const found = await Promise.all(
    open.map(async (target): Promise<[string, string][]> => {
      const network = await engine.find<{ Name: string }>(`/networks/${encodeURIComponent(target)}`);
      return network ? [[target, network.Name]] : [];
    }),
  );
  return new Map(found.flat());
}
