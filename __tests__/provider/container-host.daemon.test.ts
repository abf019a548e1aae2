import { buildProbeImages } from "./probe-image";
import { configuration, engine, NAME, withProject } from "./container-project";

jest.setTimeout(120_000);

beforeAll(() => buildProbeImages());
afterAll(() => engine.close());

describe("what a host does not have", () => {
  it("fails the plan for CPUs, and says which there are", async () => {
    const { NCPU: count } = await engine.get<{ NCPU: number }>("/info");
    await withProject(configuration(`cpu_set = "0,${String(count)}"`), async (project) => {
      const { exitCode, output } = await project.check();
      expect(exitCode).toBe(1);
      expect(output.replace(/[│╷╵]/g, "").replace(/\s+/g, " ")).toContain(
        `cpu_set must name CPUs of the host at ${engine.address}, 0 to ${String(count - 1)}, got "0,${String(count)}"; take ${String(count)} out`,
      );
    });
  });

  it("fails the plan for a log driver that the engine is built without, as from 25.0 on for Logentries; else it is planned", async () => {
    const { Plugins } = await engine.get<{ Plugins: { Log: readonly string[] } }>("/info");
    await withProject(configuration('log_driver = "logentries"'), async (project) => {
      const { exitCode, output } = await project.check();
      const refused = output.includes("The engine has no such log driver");
      const isKnown = Plugins.Log.includes("logentries");
      expect({ exitCode, refused }).toEqual(isKnown ? { exitCode: 2, refused: false } : { exitCode: 1, refused: true });
    });
  });

  it("fails the apply for weights of block I/O where the kernel has none, and leaves no container; else they are kept", async () => {
    await withProject(configuration("blkio_weight = 300"), async (project) => {
      const { exitCode, output } = await project.apply();
      const made = await engine.find<{ HostConfig: { BlkioWeight: number } }>(`/containers/${NAME}/json`);
      const refused = output.includes("The kernel has no weights for block I/O");
      expect({ exitCode, weight: made?.HostConfig.BlkioWeight }).toEqual(
        refused ? { exitCode: 1, weight: undefined } : { exitCode: 0, weight: 300 },
      );
    });
  });
});
