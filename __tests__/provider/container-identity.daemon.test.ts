import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { engine, inspect, NAME, withProject } from "./container-project";
import { buildProbeImages } from "./probe-image";
import type { TerraformProject } from "./terraform";

jest.setTimeout(180_000);

beforeAll(buildProbeImages);
afterAll(() => engine.close());

const owned = (body: string, path = "Shop/Resource"): string => `
resource "docker_container" "c" {
  name  = "${NAME}"
  image = "probe:1"
  labels {
    label = "docker-tiers.stack"
    value = "dtc"
  }
  labels {
    label = "docker-tiers.path"
    value = "${path}"
  }
  ${body}
}
`;

const labelled = async (): Promise<string[]> => {
  const filters = { label: ["docker-tiers.stack=dtc"] };
  return (await engine.get<{ Id: string }[]>("/containers/json", { query: { all: true, filters } })).map(({ Id }) => Id);
};

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    if (await condition()) return;
    await delay(50);
  }
  throw new Error("the condition must hold within 30 s, got none");
}

/** Starts an apply and kills terraform and its providers once the condition holds. */
async function killedApply(project: TerraformProject, condition: () => Promise<boolean>): Promise<void> {
  const terraform = spawn("terraform", ["apply", "-auto-approve", "-input=false"], {
    cwd: project.directory,
    detached: true,
    stdio: "ignore",
  });
  const ended = once(terraform, "exit");
  await waitFor(condition);
  process.kill(-(terraform.pid ?? 0), "SIGKILL");
  await ended;
}

describe("a deploy that was killed", () => {
  it("converges when it is applied again: one container, by its identity", async () => {
    const slow = 'healthcheck {\n test = ["CMD", "sh", "-c", "test $(date +%s) -gt 0"]\n interval = "4s"\n }\n wait = true';
    await withProject(owned(slow), async (project) => {
      await killedApply(project, async () => (await engine.find(`/containers/${NAME}/json`)) !== undefined);
      const { Id } = await inspect(NAME);
      expect(await project.state()).toEqual([]);
      await project.mustApply();
      expect(await labelled()).toHaveLength(1);
      expect((await inspect(NAME)).Id).not.toBe(Id);
      expect((await project.check()).exitCode).toBe(0);
    });
    expect(await labelled()).toEqual([]);
  });

  it("fails when the name belongs to another construct", async () => {
    await withProject(owned(""), async (first) => {
      await first.mustApply();
      await withProject(owned("", "Other/Resource"), async (second) => {
        const run = await second.apply();
        expect(run.exitCode).toBe(1);
        expect(run.output.replace(/\s+/g, " ")).toContain(
          `which is held by the container ${(await inspect(NAME)).Id.slice(0, 12)} of stack dtc, Shop/Resource (without a project) since`,
        );
      });
      expect(await labelled()).toHaveLength(1);
    });
  });
});
