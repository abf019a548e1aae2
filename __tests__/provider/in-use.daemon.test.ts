import { buildProbeImages } from "./probe-image";
import { TerraformProject } from "./terraform";
import { HOST, storesManifests, testEngine } from "./test-engine";

const NAME = "dt-use-test";
const TIMEOUT_MS = 120_000;
// Hooks destroy, too.
jest.setTimeout(TIMEOUT_MS);

describe("an object that a container holds", () => {
  const engine = testEngine();
  let project: TerraformProject;

  const removeContainer = async (): Promise<void> => {
    if (await engine.find(`/containers/${NAME}/json`)) await engine.delete(`/containers/${NAME}`, { query: { force: true } });
  };

  const startContainer = async (host: Readonly<Record<string, unknown>>, running = true): Promise<void> => {
    await engine.post("/containers/create", { query: { name: NAME }, body: { Image: "probe:1", HostConfig: host } });
    if (running) await engine.post(`/containers/${NAME}/start`);
  };

  beforeAll(buildProbeImages, TIMEOUT_MS);
  beforeEach(removeContainer);

  afterEach(async () => {
    await removeContainer();
    await project.close();
  });

  afterAll(() => engine.close());

  it(
    "fails to be removed while the container of a network runs, and says which",
    async () => {
      project = await TerraformProject.running(`resource "docker_network" "n" {\n  name = "${NAME}"\n}\n`);
      await project.mustApply();
      await startContainer({ NetworkMode: NAME });
      const { exitCode, output } = await project.destroy();
      expect(exitCode).toBe(1);
      expect(words(output)).toContain(
        `Error: Network is in use network ${NAME} must be free to be removed, got the containers ${NAME} on it; remove them, ` +
          `or run \`docker network disconnect ${NAME} ${NAME}\``,
      );
      expect(await project.state()).toHaveLength(1);
    },
    TIMEOUT_MS,
  );

  it(
    "is removed when the container of a network has ended",
    async () => {
      project = await TerraformProject.running(`resource "docker_network" "n" {\n  name = "${NAME}"\n}\n`);
      await project.mustApply();
      await startContainer({ NetworkMode: NAME });
      await engine.post(`/containers/${NAME}/kill`);
      expect((await project.destroy()).exitCode).toBe(0);
      expect(await engine.find(`/networks/${NAME}`)).toBeUndefined();
    },
    TIMEOUT_MS,
  );

  it(
    "fails to be removed while a container has a volume, and says which",
    async () => {
      project = await TerraformProject.running(`resource "docker_volume" "v" {\n  name = "${NAME}"\n}\n`);
      await project.mustApply();
      await startContainer({ Binds: [`${NAME}:/data`] }, false);
      const { exitCode, output } = await project.destroy();
      expect(exitCode).toBe(1);
      expect(words(output)).toContain(
        `Error: Volume is in use volume ${NAME} must be free to be removed, got the containers ${NAME} (created) on it; remove them first`,
      );
    },
    TIMEOUT_MS,
  );
});

describe("the data source docker_image", () => {
  let project: TerraformProject;

  afterEach(() => project.close());

  it(
    "fails for a missing image of our own with the command that builds it",
    async () => {
      const name = "localhost/docker-tiers/nothing:1-000000000000";
      project = await TerraformProject.running(`data "docker_image" "i" {\n  name = "${name}"\n}\n`);
      expect(words((await project.plan()).output)).toContain(
        `Error: Image is missing with data.docker_image.i, on main.tf line 9, in data "docker_image" "i": 9: name = "${name}" ` +
          `image ${name} must be on the engine at ${HOST}, got none; \`npx tiers images build\` builds it`,
      );
    },
    TIMEOUT_MS,
  );

  it(
    "reads the id of an image that is there",
    async () => {
      const engine = testEngine();
      await buildProbeImages();
      project = await TerraformProject.running(`data "docker_image" "i" {\n  name = "probe:1"\n}\n`);
      await project.mustApply();
      const { Id, RepoDigests } = await engine.get<{ Id: string; RepoDigests: readonly string[] }>("/images/probe:1/json");
      expect(RepoDigests).toHaveLength((await storesManifests(engine)) ? 1 : 0);
      expect(await project.values("data.docker_image.i")).toEqual({ id: Id, name: "probe:1", repo_digest: RepoDigests[0] ?? "" });
      await engine.close();
    },
    TIMEOUT_MS,
  );
});

/** Terraform's output without frames and line breaks. */
function words(output: string): string {
  return output.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
}
