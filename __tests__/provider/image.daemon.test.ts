import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageInspect } from "../../provider/resources/container-api";
import { actionsOf, engine, withProject } from "./container-project";
import { buildProbeImages } from "./probe-image";
import type { TerraformProject } from "./terraform";
import { HOST } from "./test-engine";

jest.setTimeout(180_000);

const IMAGE = "dtc-built:1";
const find = (name = IMAGE): Promise<ImageInspect | undefined> => engine.find<ImageInspect>(`/images/${name}/json`);

beforeAll(buildProbeImages);
afterAll(async () => {
  await engine.delete("/images/dtc-built:also").catch(() => undefined);
  await engine.close();
});

const built = (more = "", trigger = "a"): string => `
resource "docker_image" "built" {
  name = "${IMAGE}"
  build {
    context    = "ctx"
    build_args = { GREETING = "hello" }
    label      = { origin = "test" }
    target     = "final"
    tag        = ["dtc-built:also"]
    build_log_file = "build.log"
  }
  triggers = { content = "${trigger}" }
  ${more}
}
output "listing" { value = one(docker_container.list[*].container_logs) }
resource "docker_container" "list" {
  count    = 1
  name     = "dtc-list"
  image    = docker_image.built.image_id
  must_run = false
  attach   = true
  logs     = true
  command  = ["sh", "-c", "cd /app && find . | sort | xargs stat -c '%n %a %u %Y'; cat greeting"]
}
`;

const DOCKERFILE = `FROM probe:1 AS base
ARG GREETING=none
RUN mkdir /app && echo $GREETING > /app/greeting && touch -d @0 /app/greeting /app
FROM base AS final
COPY . /app/
FROM base AS other
RUN false
`;

/** A project with a context in which some files are ignored and modes are unusual. */
async function withContext(tf: string, run: (project: TerraformProject) => Promise<void>): Promise<void> {
  await withProject("", async (project) => {
    const context = join(project.directory, "ctx");
    mkdirSync(join(context, "secret/keep"), { recursive: true });
    const write = (path: string, content: string): void => writeFileSync(join(context, path), content);
    write("Dockerfile", DOCKERFILE);
    write(".dockerignore", "secret\n!secret/keep\n**/*.log\nDockerfile\n.dockerignore\n");
    write("app.sh", "#!/bin/sh\n");
    chmodSync(join(context, "app.sh"), 0o710);
    write("data.txt", "data\n");
    chmodSync(join(context, "data.txt"), 0o660);
    for (const path of ["secret/key", "secret/keep/public", "debug.log", "secret/keep/x.log"]) write(path, "x\n");
    project.write(tf);
    await run(project);
  });
}

describe("a build", () => {
  it("sends what is not ignored, with normalised modes and times, and takes arguments, labels, target and tags", async () => {
    await withContext(built(), async (project) => {
      await project.mustApply();
      expect(await find()).toMatchObject({
        Config: { Labels: { origin: "test" } },
        RepoTags: expect.arrayContaining([IMAGE, "dtc-built:also"]) as string[],
      });
      const listing = String((await project.values("docker_container.list[0]"))["container_logs"]);
      const files = listing.split("\n").filter((line) => !/^\.(\/greeting)? /.test(line));
      expect(files).toEqual([
        "./app.sh 755 0 0",
        "./data.txt 644 0 0",
        expect.stringMatching(/^\.\/secret 755 0 /),
        "./secret/keep 755 0 0",
        "./secret/keep/public 644 0 0",
        "hello",
        "",
      ]);
      expect(readFileSync(join(project.directory, "build.log"), "utf8")).toContain("Successfully built");
      expect((await project.check()).exitCode).toBe(0);
    });
    expect(await find()).toBeUndefined();
  });

  it("is repeated when a trigger changes, and gives the same image for the same content", async () => {
    await withContext(built("keep_locally = true"), async (project) => {
      await project.mustApply("-target=docker_image.built");
      const id = (await find())?.Id;
      project.write(built("keep_locally = true", "b"));
      expect(actionsOf((await project.plan("-target=docker_image.built")).changes)).toEqual(["docker_image.built delete,create"]);
      await project.mustApply("-target=docker_image.built");
      expect((await find())?.Id).toBe(id);
      project.write(built("keep_locally = false", "b"));
      expect(actionsOf((await project.plan("-target=docker_image.built")).changes)).toEqual(["docker_image.built update"]);
      await project.mustApply("-target=docker_image.built");
      await engine.delete(`/images/${IMAGE}`);
      expect(actionsOf((await project.plan("-target=docker_image.built")).changes)).toEqual(["docker_image.built create"]);
    });
  });

  it("fails with the last lines of its output", async () => {
    await withContext(built().replace('"final"', '"other"'), async (project) => {
      const run = await project.apply();
      expect(run.exitCode).toBe(1);
      expect(run.output.replace(/\s+/g, " ")).toMatch(
        /Error: Image dtc-built:1 cannot be built .*build must succeed, got: The command '\/bin\/sh -c false' returned a non-zero code: 1 Last lines of its output: .*RUN false/,
      );
      expect(existsSync(join(project.directory, "build.log"))).toBe(true);
    });
  });

  it("fails when its context is not there, or no builder can do it", async () => {
    await withProject(built(), async (project) => {
      expect((await project.apply()).output.replace(/\s+/g, " ")).toContain(
        "build.context must be a directory, got ctx, which does not exist",
      );
      project.write(built().replace("target ", 'sbom = "true"\n squash = true\n target '));
      expect((await project.run("validate", "-no-color")).output.replace(/\s+/g, " ")).toContain(
        "build.squash must be unset with build.sbom, got both: the first is for the classic builder, the second takes BuildKit; take one out",
      );
    });
  });
});

describe("an image by name", () => {
  it("fails when neither the engine nor a registry has it", async () => {
    await withProject('resource "docker_image" "i" {\n name = "localhost:1/dtc-absent:1"\n}\n', async (project) => {
      expect((await project.apply()).output.replace(/\s+/g, " ")).toMatch(
        /Error: Image localhost:1\/dtc-absent:1 is missing .*image must be on the engine or in a registry that it reaches, got: /,
      );
    });
  });

  it("is imported by its name, and fails for one that the engine does not have", async () => {
    await withProject('resource "docker_image" "i" {\n name = "probe:2"\n}\n', async (project) => {
      expect(await project.import("docker_image.i", "probe:2")).toMatchObject({ exitCode: 0 });
      expect((await project.check()).exitCode).toBe(0);
      await project.forget("docker_image.i");
      expect((await project.import("docker_image.i", "dtc-absent:1")).output.replace(/\s+/g, " ")).toContain(
        `the import id must be the name or id of an image on ${HOST}, got "dtc-absent:1"; \`docker images\` shows them`,
      );
    });
  });

  it("is not removed from under a container, unless that is forced", async () => {
    await engine.post("/images/probe:1/tag", { query: { repo: "dtc-used", tag: "1" } });
    await withProject('resource "docker_image" "i" {\n name = "dtc-used:1"\n}\n', async (project) => {
      await project.mustApply();
      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
      expect(await find("dtc-used:1")).toBeUndefined();
      expect(await find("probe:1")).toBeDefined();
    });
  });
});
