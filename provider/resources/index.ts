import type { DataSource, Resource } from "../resource";
import { config } from "./config";
import { container } from "./container";
import { containersData } from "./containers-data";
import { image } from "./image";
import { imageData } from "./image-data";
import { logsData } from "./logs-data";
import { network } from "./network";
import { networkData } from "./network-data";
import { registryImageResource } from "./registry-image";
import { registryImageData } from "./registry-image-data";
import { registryManifestsData } from "./registry-manifests-data";
import { registryTagsData } from "./registry-tags-data";
import { secret } from "./secret";
import { service } from "./service";
import { tag } from "./tag";
import { volume } from "./volume";

/** The managed resources by type name. */
export const RESOURCES: { readonly [typeName: string]: Resource } = {
  docker_config: config,
  docker_container: container,
  docker_image: image,
  docker_network: network,
  docker_registry_image: registryImageResource,
  docker_secret: secret,
  docker_service: service,
  docker_tag: tag,
  docker_volume: volume,
};

/** The data sources by type name. */
export const DATA_SOURCES: { readonly [typeName: string]: DataSource } = {
  docker_containers: containersData,
  docker_image: imageData,
  docker_logs: logsData,
  docker_network: networkData,
  docker_registry_image: registryImageData,
  docker_registry_image_manifests: registryManifestsData,
  docker_registry_image_tags: registryTagsData,
};
