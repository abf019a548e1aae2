import type { DataSource, Resource } from "../resource";
import { imageData } from "./image-data";
import { network } from "./network";
import { volume } from "./volume";

/** The managed resources by type name. */
export const RESOURCES: { readonly [typeName: string]: Resource } = {
  docker_network: network,
  docker_volume: volume,
};

/** The data sources by type name. */
export const DATA_SOURCES: { readonly [typeName: string]: DataSource } = {
  docker_image: imageData,
};
