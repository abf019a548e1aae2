import type { ContainerInspect } from "../../provider/resources/container-api";
import { caseProject } from "./conformance/recording";
import { buildProbeImages } from "./probe-image";
import { TerraformProject, type Run } from "./terraform";
import { testEngine } from "./test-engine";

jest.setTimeout(180_000);

const engine = testEngine();
const NAME = "dtc-fail";

/** What terraform says from its first error on, on one line. */
const errorText = (run: Run): string => run.output.slice(run.output.indexOf("Error:")).replace(/\s+/g, " ").trim();

const container = (body: string): string => `
resource "docker_container" "c" {
  name  = "${NAME}"
  image = "probe:1"
  ${body}
}
`;

async function applied(tf: string, check: (run: Run, project: TerraformProject) => Promise<void> | void): Promise<void> {
  const project = await TerraformProject.running(tf);
  try {
    await check(await project.apply(), project);
  } finally {
    await project.close();
  }
}

const tainted = async (project: TerraformProject): Promise<boolean | undefined> =>
  (await project.state()).find(({ address }) => address === "docker_container.c")?.tainted;

beforeAll(buildProbeImages);
afterAll(() => engine.close());

describe("a container that does not come up", () => {
  it("fails with exit code and last log lines when it exits at once, and stays tainted", async () => {
    await applied(container('command = ["sh", "-c", "echo first; echo no configuration; exit 3"]'), async (run, project) => {
      expect(run.exitCode).toBe(1);
      expect(errorText(run)).toMatch(
        new RegExp(
          `Error: Container ${NAME} exited .*It must keep running, got exit code 3\\. Last lines of its log: first no configuration The container stays for inspection \\(docker logs ${NAME}\\); the next apply replaces it\\.`,
        ),
      );
      expect(await tainted(project)).toBe(true);
      expect((await engine.get<ContainerInspect>(`/containers/${NAME}/json`)).State.ExitCode).toBe(3);
    });
  });

  it("fails with the last health output when it becomes unhealthy, without waiting for the timeout", async () => {
    const body = `
  command = ["sh", "-c", "echo serving; sleep 100"]
  healthcheck {
    test     = ["CMD", "sh", "-c", "echo connection refused; exit 7"]
    interval = "500ms"
    retries  = 2
  }
  wait         = true
  wait_timeout = 60`;
    const start = Date.now();
    await applied(container(body), async (run, project) => {
      expect(Date.now() - start).toBeLessThan(20_000);
      expect(run.exitCode).toBe(1);
      expect(errorText(run)).toMatch(
        new RegExp(
          `Error: Container ${NAME} is not healthy .*It must become healthy, got unhealthy after [23] failed checks\\. Last health check: exit code 7, output: connection refused Last lines of its log: serving The container is stopped and stays for inspection \\(docker logs ${NAME}\\); the next apply replaces it\\.`,
        ),
      );
      expect((await engine.get<ContainerInspect>(`/containers/${NAME}/json`)).State).toMatchObject({ Running: false, Status: "exited" });
      expect(await tainted(project)).toBe(true);
    });
  });

  it("fails as soon as a container that is waited for exits", async () => {
    const body = `
  command = ["sh", "-c", "sleep 1; echo bye; exit 4"]
  healthcheck {
    test     = ["CMD", "false"]
    interval = "30s"
  }
  wait         = true
  wait_timeout = 60`;
    const start = Date.now();
    await applied(container(body), (run) => {
      expect(Date.now() - start).toBeLessThan(20_000);
      expect(errorText(run)).toMatch(/Container dtc-fail exited .*got exit code 4\. Last lines of its log: bye/);
    });
  });

  it("a container that its restart policy brings back within the timeout is no failure", async () => {
    const body = `
  command = ["sh", "-c", "test -e /tmp/again && exec sleep 100; touch /tmp/again; exit 1"]
  restart = "on-failure"
  max_retry_count = 3
  healthcheck {
    test     = ["CMD", "true"]
    interval = "500ms"
  }
  wait         = true
  wait_timeout = 30`;
    await applied(container(body), async (run) => {
      expect(run).toMatchObject({ exitCode: 0 });
      expect(await engine.get<ContainerInspect>(`/containers/${NAME}/json`)).toMatchObject({
        RestartCount: 1,
        State: { Health: { Status: "healthy" } },
      });
    });
  });

  it("fails after the timeout with what it waited for", async () => {
    const body = `
  healthcheck {
    test     = ["CMD", "true"]
    interval = "50s"
  }
  wait         = true
  wait_timeout = 1`;
    await applied(container(body), (run) => {
      expect(errorText(run)).toMatch(/Container dtc-fail is not healthy .*It must be healthy within 1 s \(wait_timeout\), got starting\./);
    });
  });

  it("fails with the reason where its first process runs out of memory", async () => {
    const body = `
  command = ["tail", "/dev/zero"]
  memory = 8
  memory_swap = 8
  must_run = false
  attach = true`;
    const fault = /Error: Container dtc-fail exited .*It must exit with 0, got exit code 137(, killed because it was out of memory)?\./;
    const told: boolean[] = [];
    // An engine that hears of the end before it hears of the memory never tells the reason.
    while (!told.includes(true) && told.length < 5)
      await applied(container(body), async (run) => {
        const [, reason] = fault.exec(errorText(run)) ?? [""];
        told.push(reason !== undefined);
        expect(errorText(run)).toMatch(fault);
        expect((await engine.get<ContainerInspect>(`/containers/${NAME}/json`)).State.OOMKilled).toBe(reason !== undefined);
      });
    expect(told).toContain(true);
  });

  it("leaves nothing behind when it cannot start", async () => {
    await applied(container('command = ["/no-such-program"]'), async (run, project) => {
      expect(run.exitCode).toBe(1);
      expect(errorText(run)).toContain("Error: Container cannot start");
      expect(await project.state()).toEqual([]);
      expect(await engine.find(`/containers/${NAME}/json`)).toBeUndefined();
    });
  });

  it("fails with the network that is missing", async () => {
    await applied(container('networks_advanced {\n name = "dtc-no-net"\n }'), (run) => {
      expect(errorText(run)).toContain(
        'networks_advanced must name a network of the engine, got "dtc-no-net"; create it first, or refer to its resource',
      );
    });
  });
});

describe("a job", () => {
  const job = (command: string, more = ""): string =>
    container(`command = ["sh", "-c", "${command}"]\n must_run = false\n attach = true\n restart = "no"\n ${more}`);

  it("is waited for until its end, and its output is kept on request", async () => {
    await applied(job("echo one; sleep 1; echo two >&2", "logs = true"), async (run, project) => {
      expect(run).toMatchObject({ exitCode: 0 });
      expect(await project.values("docker_container.c")).toMatchObject({
        exit_code: 0,
        container_logs: expect.stringMatching(/^(one\ntwo\n|two\none\n)$/) as string,
      });
      expect((await project.check()).exitCode).toBe(0);
    });
  });

  it("is removed after its success on request, and does not run again", async () => {
    await applied(job("exit 0", "rm = true"), async (run, project) => {
      expect(run).toMatchObject({ exitCode: 0 });
      expect(await engine.find(`/containers/${NAME}/json`)).toBeUndefined();
      expect((await project.check()).exitCode).toBe(0);
    });
  });

  it("fails with what it must do, also where its image has a health check", async () => {
    const probed = 'healthcheck {\n test = ["CMD", "true"]\n }';
    await applied(job("echo no table; exit 2", probed), (run) => {
      expect(errorText(run)).toMatch(/Container dtc-fail exited .*It must exit with 0, got exit code 2\. Last lines of its log: no table/);
    });
  });

  it("fails with its exit code and last lines, and stays tainted", async () => {
    await applied(job("echo cannot connect; exit 9"), async (run, project) => {
      expect(errorText(run)).toMatch(
        /Container dtc-fail exited .*It must exit with 0, got exit code 9\. Last lines of its log: cannot connect/,
      );
      expect(await tainted(project)).toBe(true);
    });
  });
});

describe("a name that is taken", () => {
  it("fails with who holds it, since when, and the import line", async () => {
    const project = await caseProject("container-name-taken");
    try {
      const run = await project.apply();
      expect(run.exitCode).toBe(1);
      const { id } = await project.values("docker_container.a");
      const text = errorText(run);
      expect(text).toContain("Error: The container name is taken");
      expect(text).toMatch(
        new RegExp(
          `container name must be free, got "cf-taken", which is held by the container ${String(id).slice(0, 12)} .* since \\d{4}-\\d\\d-\\d\\dT`,
        ),
      );
      expect(text).toContain(`terraform import ADDRESS ${String(id)}`);
    } finally {
      await project.close();
    }
  });
});
