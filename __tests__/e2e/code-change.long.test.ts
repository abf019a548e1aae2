import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { Clone } from "../stacks/clone";
import { CountingSocket } from "./counting-socket";
import { Docker } from "./docker";
import { guestbookProjectIn, siteAt } from "./guestbook-project";
import type { Project } from "./project";

const [STACK, PORT] = ["e2e-code", 18_094];
const MOST_BYTES = 1_000_000;

const docker = new Docker();
const clone = new Clone();
let socket: CountingSocket;
let project: Project;

beforeAll(async () => {
  await docker.purge(STACK);
  socket = await CountingSocket.to("/var/run/docker.sock");
  project = guestbookProjectIn(join(clone.folder, "temp"), STACK);
  project.settings(STACK, { HOST: socket.host, WEB_PORT: PORT });
  await project.synth();
  await project.terraform(STACK, "init", "-input=false");
  await apply();
});

afterAll(async () => {
  const changed = await images().catch(() => []);
  await docker.purge(STACK);
  const tags = changed.filter(({ Id }) => Id !== before?.Id).flatMap(({ RepoTags }) => RepoTags);
  if (tags.length > 0) await docker.run(["rmi", ...tags]);
  await socket.close();
  clone.remove();
});

interface ImageFacts {
  readonly Id: string;
  readonly RepoTags: readonly string[];
  readonly RootFS: { readonly Layers: readonly string[] };
}

let before: ImageFacts | undefined;

const apply = (): Promise<string> => project.terraform(STACK, "apply", "-input=false", "-auto-approve");

/** The images that replicas run on. */
async function images(): Promise<ImageFacts[]> {
  const replicas = await docker.containers(STACK, "guestbook-");
  const running = replicas.filter(({ State }) => State.Running && State.Health?.Status === "healthy");
  return docker.inspect<ImageFacts>("image", [...new Set(running.map(({ Image }) => Image))]);
}

describe("a change of the guestbook's code", () => {
  it("sends the code alone, makes the last layer alone, and runs it", async () => {
    [before] = await images();
    appendFileSync(join(clone.folder, "dist/examples/guestbook/server.js"), "\n// changed\n");
    await project.synth();
    socket.reset();
    await apply();

    const after = await images();
    expect(after).toHaveLength(1);
    expect(after[0]?.Id).not.toBe(before?.Id);
    expect(after[0]?.RootFS.Layers.slice(0, -1)).toEqual(before?.RootFS.Layers.slice(0, -1));
    expect(after[0]?.RootFS.Layers.at(-1)).not.toBe(before?.RootFS.Layers.at(-1));
    expect(socket.builds).toBe(1);
    expect(socket.bytes).toBeLessThan(MOST_BYTES);
    await siteAt(PORT).ready(60);
  });

  it("is nothing when there is none", async () => {
    await project.synth();
    socket.reset();
    await apply();
    expect(socket.builds).toBe(0);
  });
});
