import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { ImageInspect } from "../../provider/resources/container-api";
import { makeBuildxHome } from "./buildx-home";
import { actionsOf, engine, withLaunches } from "./container-project";
import { buildProbeImages } from "./probe-image";
import type { TerraformProject } from "./terraform";

jest.setTimeout(300_000);

const IMAGE = "dtc-buildkit:1";
const TOKEN = "hunter2-of-the-build";
const before = { ...process.env };
const find = (): Promise<ImageInspect | undefined> => engine.find<ImageInspect>(`/images/${IMAGE}/json`);

/** The configuration of a user who has docker buildx, and programs of one who has not. */
let home: string;
beforeAll(async () => {
  await buildProbeImages();
  home = await makeBuildxHome();
  mkdirSync(join(home, "bin"));
  writeFileSync(join(home, "bin/docker"), "#!/bin/sh\necho \"docker: 'buildx' is not a docker command.\" >&2\nexit 1\n", { mode: 0o755 });
});
beforeEach(() => {
  Object.assign(process.env, { DOCKER_CONFIG: home, BUILD_TOKEN: TOKEN });
});
afterEach(() => {
  process.env = { ...before };
});
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await engine.close();
});

const DOCKERFILE = `FROM probe:1
ARG GREETING
RUN --mount=type=secret,id=token sed 's/./x/g' /run/secrets/token > /tmp/length && echo $GREETING > /tmp/greeting
COPY . /app/
`;

const built = (more = ""): string => `
resource "docker_image" "built" {
  name = "${IMAGE}"
  build {
    context    = "ctx"
    build_args = { GREETING = "hello" }
    label      = { origin = "test" }
    build_log_file = "build.log"
    secrets {
      id  = "token"
      env = "BUILD_TOKEN"
    }
    ${more}
  }
}
resource "docker_container" "list" {
  count    = 1
  name     = "dtc-buildkit"
  image    = docker_image.built.image_id
  must_run = false
  attach   = true
  logs     = true
  command  = ["sh", "-c", "cat /tmp/length /tmp/greeting; cd /app && find . | sort"]
}
`;

const imageOnly = (more: string): string => built(more).replace(/resource "docker_container"[\s\S]*/, "");

/** A project with a context and a second one. */
async function withContexts(run: (project: TerraformProject) => Promise<void>): Promise<void> {
  await withLaunches("", async (project) => {
    for (const name of ["ctx", "docs"]) mkdirSync(join(project.directory, name));
    const write = (path: string, content: string): void => writeFileSync(join(project.directory, path), content);
    write("ctx/Dockerfile", DOCKERFILE);
    write("ctx/.dockerignore", "*.log\n");
    write("ctx/data", "data\n");
    write("ctx/debug.log", "x\n");
    write("docs/page", "page\n");
    project.write(built());
    await run(project);
  });
}

/** All text that a command has left in the project's folder. */
function textOf(directory: string): string {
  const entries = readdirSync(directory, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("terraform.d"));
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8")).join("\n");
}

describe("a build with BuildKit", () => {
  it("gets the files that are not ignored, and secrets, of which nothing stays", async () => {
    await withContexts(async (project) => {
      await project.mustApply();
      const listing = String((await project.values("docker_container.list[0]"))["container_logs"]);
      expect(listing.split("\n")).toEqual([`${"x".repeat(TOKEN.length)}hello`, ".", "./.dockerignore", "./Dockerfile", "./data", ""]);
      expect((await find())?.Config?.Labels).toMatchObject({ origin: "test" });
      const texts = [textOf(project.directory), JSON.stringify(await find()), JSON.stringify(await engine.get(`/images/${IMAGE}/history`))];
      expect(texts.join("\n")).not.toContain(TOKEN);
      expect(texts).toEqual(["BUILD_TOKEN", "origin", "GREETING"].map((word) => expect.stringContaining(word) as string));
      expect(readFileSync(join(project.directory, "build.log"), "utf8")).toContain("naming to docker.io/library/dtc-buildkit:1");
      expect((await project.check()).exitCode).toBe(0);
    });
    expect(await find()).toBeUndefined();
    expect(readdirSync(tmpdir()).filter((name) => /^docker-tiers-(tunnel|client)-/.test(name))).toEqual([]);
  });

  it("takes its layers from a cache, which it has filled before", async () => {
    await withContexts(async (project) => {
      project.write(imageOnly('cache_to = ["type=inline"]\nlabels = { a = "1" }'));
      await project.mustApply();
      project.write(imageOnly('cache_to = ["type=inline"]\nlabels = { a = "2" }'));
      expect(actionsOf((await project.plan()).changes)).toEqual(["docker_image.built delete,create"]);
      await project.mustApply();
      expect(readFileSync(join(project.directory, "build.log"), "utf8")).toMatch(/RUN --mount=type=secret.*\n#\d+ CACHED/);
    });
  });

  it("reads further contexts where the engine's BuildKit knows them, and fails the plan elsewhere", async () => {
    await withContexts(async (project) => {
      writeFileSync(join(project.directory, "ctx/Dockerfile"), "FROM probe:1\nCOPY --from=docs page /page\n");
      project.write(imageOnly('additional_contexts = ["docs=docs"]'));
      const { exitCode, output } = await project.apply();
      const known = await engine.supports("1.42");
      const refusal = `build.additional_contexts must be unset on an engine with API 1.41, got a value; update Docker at ${engine.address} to 23.0 or newer (API 1.42), or take it out`;
      const refused = output.replace(/[\s│]+/g, " ").includes(refusal);
      expect({ exitCode, refused, found: (await find()) !== undefined }).toEqual({
        exitCode: known ? 0 : 1,
        refused: !known,
        found: known,
      });
    });
  });

  it("fails with what BuildKit says, and the last lines of its output", async () => {
    await withContexts(async (project) => {
      writeFileSync(join(project.directory, "ctx/Dockerfile"), "FROM probe:1\nRUN echo almost; exit 7\n");
      const run = await project.apply();
      expect(run.exitCode).toBe(1);
      expect(run.output.replace(/[\s│]+/g, " ")).toMatch(
        /Error: Image dtc-buildkit:1 cannot be built .*build must succeed, got: .*exit code: 7 Last lines of its output: .*almost/,
      );
    });
  });

  it("fails at the plan where docker buildx is not installed", async () => {
    process.env["PATH"] = `${join(home, "bin")}${delimiter}${before["PATH"] ?? ""}`;
    await withContexts(async (project) => {
      const plan = await project.plan();
      expect(plan.exitCode).toBe(1);
      expect(plan.output.replace(/[\s│]+/g, " ")).toContain(
        "build.secrets takes BuildKit, whose client docker buildx must be on this machine, got: docker: 'buildx' is not a docker command.; install it (docker-buildx of Debian 13 and Ubuntu 24.04, docker-buildx-plugin of Docker's own packages), or take build.secrets out",
      );
      expect(existsSync(join(project.directory, "build.log"))).toBe(false);
    });
  });
});
