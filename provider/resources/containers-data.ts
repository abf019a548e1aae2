import type { DataSource, OperationContext } from "../resource";
import type { Attribute, ResourceSchema } from "../schema";
import type { ObjectValue } from "../value";
import { computed, TEXT_LIST, TEXT_MAP } from "./attribute-kinds";

interface Summary {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Image: string;
  readonly ImageID: string;
  readonly Command: string;
  /** Unix time in seconds. */
  readonly Created: number;
  readonly State: string;
  readonly Status: string;
  readonly Labels: Readonly<Record<string, string>> | null;
}

const CONTAINER = {
  id: computed("string"),
  names: computed(TEXT_LIST, { description: "Names, each with a slash before it." }),
  image: computed("string", { description: "The image as it was asked for." }),
  image_id: computed("string"),
  command: computed("string"),
  created: computed("number", { description: "Unix time in seconds." }),
  state: computed("string", { description: "running, exited and the like." }),
  status: computed("string", { description: "State and time in words." }),
  labels: computed(TEXT_MAP),
} as const satisfies { [name: string]: Attribute };

const CONTAINER_TYPE = Object.fromEntries(Object.entries(CONTAINER).map(([name, { type }]) => [name, type]));

const SCHEMA: ResourceSchema = {
  version: 0,
  attributes: {
    id: computed("string"),
    containers: {
      ...computed(["list", ["object", CONTAINER_TYPE]], { description: "Containers, running or not, sorted by id." }),
      nested: { nesting: "list", attributes: CONTAINER },
    },
  },
};

/** Data source `docker_containers`: all containers of the engine. */
export const containersData: DataSource = { schema: SCHEMA, read };

async function read(_config: ObjectValue, { engine, signal }: OperationContext): Promise<ObjectValue> {
  const found = await engine.get<Summary[]>("/containers/json", { query: { all: true }, signal });
  const containers = found.map((summary) => ({
    id: summary.Id,
    names: summary.Names,
    image: summary.Image,
    image_id: summary.ImageID,
    command: summary.Command,
    created: summary.Created,
    state: summary.State,
    status: summary.Status,
    labels: summary.Labels ?? {},
  }));
  return { id: "docker_containers", containers: containers.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
