import { DiagnosticError } from "../diagnostic";
import type { DataSource, OperationContext } from "../resource";
import type { ResourceSchema } from "../schema";
import { text, type ObjectValue } from "../value";
import { imagePath } from "./image-name";

interface Image {
  readonly Id: string;
  readonly RepoDigests: readonly string[] | null;
}

const SCHEMA = {
  version: 0,
  attributes: {
    id: { type: "string", optional: true, computed: true, description: "Id of the image." },
    name: { type: "string", required: true, description: "Name of the image with its tag or digest." },
    repo_digest: { type: "string", computed: true, description: "Name and digest under which a registry has it; empty for a local image." },
  },
} as const satisfies ResourceSchema;

const OUR_IMAGES = "localhost/docker-tiers/";

/** Data source `docker_image`: an image that the engine has. It is never pulled, and it never goes. */
export const imageData: DataSource = { schema: SCHEMA, read };

async function read(config: ObjectValue, { engine, signal }: OperationContext): Promise<ObjectValue> {
  const name = text(config["name"]) ?? "";
  const found = await engine.find<Image>(`${imagePath(name)}/json`, { signal });
  if (!found) throw missing(name, engine.address);
  return { id: found.Id, name, repo_digest: repoDigest(name, found.RepoDigests ?? []) };
}

/** The digest of the repository that the name is of, else none: an image may be known under several names. */
export function repoDigest(name: string, digests: readonly string[]): string {
  const repository = name.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
  return digests.find((digest) => digest.startsWith(`${repository}@`)) ?? "";
}

function missing(name: string, address: string): DiagnosticError {
  const fix = name.startsWith(OUR_IMAGES)
    ? "`npx tiers images build` builds it"
    : `\`docker pull ${name}\` or \`docker load\` brings it there`;
  return new DiagnosticError("Image is missing", `image ${name} must be on the engine at ${address}, got none; ${fix}`, { path: ["name"] });
}
