import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageInspect } from "../../provider/resources/container-api";
import { makeBuildxHome } from "./buildx-home";
import { actionsOf, engine, withLaunches } from "./container-project";
import { buildProbeImages } from "./probe-image";
import type { TerraformProject } from "./terraform";

jest.setTimeout(180_000);

const IMAGE = "dtc-builds:1";
const before = { ...process.env };
const find = (): Promise<ImageInspect | undefined> => engine.find<ImageInspect>(`/images/${IMAGE}/json`);

let home: string;
beforeAll(async () => {
  await buildProbeImages();
  home = await makeBuildxHome();
});
beforeEach(() => {
  process.env["DOCKER_CONFIG"] = home;
});
afterEach(() => {
  process.env = { ...before };
});
afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await engine.close();
});

const built = (more: string, triggers = ""): string => `
resource "docker_image" "built" {
  name = "${IMAGE}"
  build {
    context        = "ctx"
    build_log_file = "build.log"
    ${more}
  }
  ${triggers}
}
`;

async function withDockerfile(dockerfile: string, run: (project: TerraformProject) => Promise<void>): Promise<void> {
  await withLaunches("", async (project) => {
    mkdirSync(join(project.directory, "ctx"));
    writeFileSync(join(project.directory, "ctx/Dockerfile"), dockerfile);
    await run(project);
  });
}

const logOf = ({ directory }: TerraformProject): string => readFileSync(join(directory, "build.log"), "utf8");

const BUILDERS = [
  ["the classic builder", ""],
  ["BuildKit", 'version = "2"'],
] as const;

describe.each(BUILDERS)("a build with %s", (_name, builder) => {
  it("gets its hosts and its platform, and tells Terraform's log how far it is", async () => {
    const hosts = 'extra_hosts = ["db.test:10.1.2.3", "web.test:10.1.2.4"]\nplatform = "linux/amd64"\nno_cache = true';
    await withDockerfile("FROM probe:1\nRUN grep test /etc/hosts | tr -s '\\t' ' '\n", async (project) => {
      const log = join(project.directory, "terraform.log");
      Object.assign(process.env, { TF_LOG_PROVIDER: "INFO", TF_LOG_PATH: log });
      project.write(built(`${hosts}\n${builder}`));
      await project.mustApply();
      expect(logOf(project)).toMatch(/10\.1\.2\.3[ \t]+db\.test/);
      expect(logOf(project)).toMatch(/10\.1\.2\.4[ \t]+web\.test/);
      expect(readFileSync(log, "utf8")).toMatch(new RegExp(`\\[INFO\\] +provider[^\\n]*: building ${IMAGE}: progress=`));
      expect(await find()).toMatchObject({ Os: "linux", Architecture: "amd64" });
    });
  });
});

it("is another image for another content that a trigger watches, and plans nothing for the same", async () => {
  await withDockerfile("FROM probe:1\nCOPY data /data\n", async (project) => {
    const write = (content: string): void => writeFileSync(join(project.directory, "ctx/data"), content);
    write("a\n");
    project.write(built("", 'triggers = { content = filesha256("ctx/data") }'));
    await project.mustApply();
    const id = (await find())?.Id;
    write("a\n");
    expect((await project.check()).exitCode).toBe(0);
    write("b\n");
    expect(actionsOf((await project.plan()).changes)).toEqual(["docker_image.built delete,create"]);
    await project.mustApply();
    expect((await find())?.Id).not.toBe(id);
  });
});

it("takes layers from the images of cache_from", async () => {
  await withDockerfile("FROM probe:1\nRUN echo cached > /cached\n", async (project) => {
    project.write(built("", "keep_locally = true"));
    await project.mustApply();
    project.write(built(`cache_from = ["${IMAGE}"]`, "keep_locally = true"));
    await project.mustApply();
    expect(logOf(project)).toMatch(/RUN echo cached[^\n]*\n[^\n]*Using cache/);
    project.write(built(`cache_from = ["probe:2"]`));
    await project.mustApply();
    expect(logOf(project)).not.toContain("Using cache");
  });
});
