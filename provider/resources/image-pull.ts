import { progressMessages, type ProgressMessage } from "../../engine";
import { registryAuthHeader } from "../registry-auth";
import type { OperationContext } from "../resource";
import type { ImageInspect } from "./container-api";
import { parseReference } from "./image-reference";
import { imagePath } from "./image-name";

const PROGRESS_INTERVAL = 2000;

/** Pulls an image, with the credentials that the provider has for its registry. @throws EngineError */
export async function pullImage(context: OperationContext, reference: string, platform = ""): Promise<ImageInspect> {
  const { repository, registry, tag } = parseReference(reference);
  const auth = await context.registryAuth(registry);
  const stream = await context.engine.stream("POST", "/images/create", {
    query: { fromImage: repository, tag, ...(platform ? { platform } : {}) },
    headers: auth ? { "X-Registry-Auth": registryAuthHeader(auth) } : {},
    signal: context.signal,
  });
  await followProgress(context, progressMessages(stream), `pulling ${reference}`);
  return context.engine.get<ImageInspect>(`${imagePath(reference)}/json`);
}

/** Reads progress to its end and tells Terraform's log about it now and then. @throws EngineError */
export async function followProgress(
  context: OperationContext,
  messages: AsyncIterable<ProgressMessage>,
  name: string,
  keep: (line: string) => void = () => undefined,
): Promise<void> {
  let logged = 0;
  for await (const message of messages) {
    const lines = (message.stream ?? "")
      .split("\n")
      .map((line) => line.trimEnd())
      .filter((line) => line !== "");
    lines.forEach(keep);
    if (Date.now() - logged < PROGRESS_INTERVAL) continue;
    logged = Date.now();
    context.log("info", name, { progress: progressText(message) });
  }
}

function progressText({ stream, status, id, progress }: ProgressMessage): string {
  return stream?.trim() ?? [id, status, progress].filter(Boolean).join(" ");
}

/** What the engine said about a failed pull or build. */
export function engineReason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
