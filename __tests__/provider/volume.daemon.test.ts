import { TerraformProject } from "./terraform";
import { HOST, testEngine } from "./test-engine";

const NAME = "dt-vol-test";
const TIMEOUT_MS = 120_000;
// Hooks destroy, too.
jest.setTimeout(TIMEOUT_MS);

interface Inspected {
  readonly CreatedAt: string;
  readonly Labels: Readonly<Record<string, string>> | null;
}

interface Wanted {
  readonly keep?: boolean;
  readonly config?: string;
  readonly size?: string;
}

describe("docker_volume", () => {
  const engine = testEngine();
  let project: TerraformProject;

  const inspect = (): Promise<Inspected | undefined> => engine.find<Inspected>(`/volumes/${NAME}`);

  const removeLeftovers = async (): Promise<void> => {
    if (await inspect()) await engine.delete(`/volumes/${NAME}`);
  };

  beforeEach(removeLeftovers);

  afterEach(async () => {
    await project.close();
    await removeLeftovers();
  });

  afterAll(() => engine.close());

  it(
    "is created, found unchanged, imported and removed",
    async () => {
      project = await TerraformProject.running(configuration({ size: "8m" }));
      await project.mustApply();
      expect((await project.plan()).exitCode).toBe(0);
      await project.forget("docker_volume.v");
      expect((await project.import("docker_volume.v", NAME)).exitCode).toBe(0);
      expect((await project.plan()).exitCode).toBe(0);
      expect((await project.destroy()).exitCode).toBe(0);
      expect(await inspect()).toBeUndefined();
    },
    TIMEOUT_MS,
  );

  it(
    "is left behind with a warning when its data is to be kept, and used again by the next deploy",
    async () => {
      project = await TerraformProject.running(configuration({ keep: true }));
      await project.mustApply();
      const { exitCode, output } = await project.destroy();
      expect(exitCode).toBe(0);
      expect(words(output)).toContain(
        `Warning: Volume is kept the volume ${NAME} on ${HOST} is labelled docker-tiers.keep=true, ` +
          `so its data stays and the next deploy uses it again; to delete the data: \`docker volume rm ${NAME}\``,
      );
      const kept = await inspect();
      project.write(configuration({ keep: true, config: "bb" }));
      await project.mustApply();
      expect(await inspect()).toEqual(kept);
      expect((await project.plan()).exitCode).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    "is not made anew for a label when its data is to be kept",
    async () => {
      project = await TerraformProject.running(configuration({ keep: true }));
      await project.mustApply();
      project.write(configuration({ keep: true, config: "bb" }));
      expect((await project.plan()).changes).toMatchObject([{ actions: ["update"] }]);
      await project.mustApply();
      expect((await project.plan()).exitCode).toBe(0);
    },
    TIMEOUT_MS,
  );

  it(
    "is neither made anew nor deleted when somebody else made it and it was imported to be kept",
    async () => {
      project = await TerraformProject.running(configuration({ keep: true }));
      await engine.post("/volumes/create", { body: { Name: NAME } });
      const made = await inspect();
      expect((await project.import("docker_volume.v", NAME)).exitCode).toBe(0);
      expect((await project.plan()).changes).toMatchObject([{ actions: ["update"] }]);
      await project.mustApply();
      expect((await project.plan()).exitCode).toBe(0);
      expect((await project.destroy()).exitCode).toBe(0);
      expect(await inspect()).toEqual(made);
    },
    TIMEOUT_MS,
  );

  it(
    "fails to plan other options when its data is to be kept, and changes nothing",
    async () => {
      project = await TerraformProject.running(configuration({ keep: true, size: "8m" }));
      await project.mustApply();
      const made = await inspect();
      project.write(configuration({ keep: true, size: "16m" }));
      const { exitCode, output } = await project.plan();
      expect(exitCode).toBe(1);
      expect(words(output)).toContain(
        `volume ${NAME} must be local device=tmpfs o=size=16m type=tmpfs, got local device=tmpfs o=size=8m type=tmpfs; ` +
          `its data is kept: choose another name, or move the data and run \`docker volume rm ${NAME}\``,
      );
      expect(await inspect()).toEqual(made);
    },
    TIMEOUT_MS,
  );

  it(
    "fails to become another volume while there is data under its name",
    async () => {
      project = await TerraformProject.running(configuration({ size: "16m" }));
      await engine.post("/volumes/create", {
        body: {
          Name: NAME,
          Labels: { "docker-tiers.stack": "dev", "docker-tiers.path": "Data" },
          DriverOpts: { type: "tmpfs", device: "tmpfs", o: "size=8m" },
        },
      });
      const { output } = await project.apply();
      expect(words(output)).toMatch(
        new RegExp(
          `volume ${NAME} must be local device=tmpfs o=size=16m type=tmpfs, got local device=tmpfs o=size=8m type=tmpfs since \\S+; ` +
            `its data is kept: choose another name, or move the data and run \`docker volume rm ${NAME}\``,
        ),
      );
    },
    TIMEOUT_MS,
  );

  it(
    "fails when someone else holds the name",
    async () => {
      project = await TerraformProject.running(configuration({}));
      await engine.post("/volumes/create", { body: { Name: NAME } });
      const { output } = await project.apply();
      expect(words(output)).toMatch(
        new RegExp(
          `volume name must be free, got "${NAME}", which is held by the volume ${NAME} \\(not made by docker-tiers\\) since \\S+; remove it`,
        ),
      );
    },
    TIMEOUT_MS,
  );
});

function configuration({ keep = false, config = "aa", size }: Wanted): string {
  const labels = {
    "docker-tiers.stack": "dev",
    "docker-tiers.path": "Data",
    "docker-tiers.config": config,
    ...(keep ? { "docker-tiers.keep": "true" } : {}),
  };
  const blocks = Object.entries(labels).map(([label, value]) => `  labels {\n    label = "${label}"\n    value = "${value}"\n  }`);
  const options = size === undefined ? [] : [`  driver_opts = { type = "tmpfs", device = "tmpfs", o = "size=${size}" }`];
  return [`resource "docker_volume" "v" {`, `  name = "${NAME}"`, ...options, ...blocks, "}", ""].join("\n");
}

/** Terraform's output without frames and line breaks. */
function words(output: string): string {
  return output.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
}
