import type { DataSource, Resource } from "../resource";
import { container } from "./container";
import { image } from "./image";
import { imageData } from "./image-data";
import { network } from "./network";
import { volume } from "./volume";

/** The managed resources by type name. */
export const RESOURCES: { readonly [typeName: string]: Resource } = {
  docker_container: container,
  docker_image: image,
  docker_network: network,
  docker_volume: volume,
};

/** The data sources by type name. */
export const DATA_SOURCES: { readonly [typeName: string]: DataSource } = {
  docker_image: imageData,
};
