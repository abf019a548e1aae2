import type { DriftTable } from "./case";
import { CONTAINER } from "./container-table";
import { IMAGE, REGISTRY_IMAGE, TAG } from "./image-tables";
import { NETWORK } from "./network-table";
import { SERVICE } from "./service-table";
import { CONFIG, SECRET } from "./swarm-data-tables";
import { VOLUME } from "./volume-table";

/** The drift of every resource that has a table. */
export const TABLES: readonly DriftTable[] = [CONTAINER, NETWORK, VOLUME, IMAGE, TAG, REGISTRY_IMAGE, SERVICE, CONFIG, SECRET];
