import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Docker, type ContainerFacts } from "./docker";
import { Inside } from "./inside";
import { Project } from "./project";

const STACK = "e2e-hardening";
const IMAGE = "e2e-hardening-probe";

/** A container for each kind of attack, and one beside them that must not notice. */
const PROGRAM = `import { App, TerraformStack } from "cdktf";
import { ContainerImage, EmbeddedDockerProvider, Health, Service, StateBackend, type ContainerOptions } from "../../constructs";
import { nodeRecipe } from "../../images/recipes/node";

const app = new App();
const stack = new TerraformStack(app, "${STACK}");
new EmbeddedDockerProvider(stack, "docker", { host: "unix:///var/run/docker.sock" });
StateBackend.local().bind(stack);
const image = ContainerImage.fromBuild("image", { name: "${IMAGE}", buildArgs: { BASE: ContainerImage.fromPackages(nodeRecipe) } });
const service = (id: string, options: Partial<ContainerOptions> = {}): Service =>
  new Service(stack, id, { image, memoryMiB: 64, entrypoint: ["sleep", "3600"], health: Health.shell("true", { intervalSeconds: 1 }), ...options });
service("Taken", { pidsLimit: 40 });
service("Busy", { cpus: 0.1 });
service("Greedy");
service("Neighbour");
app.synth();
`;

/** A program that its owner root lends to everyone, and a file for it to read. busybox gives set-uid up by itself; the host's cat does not. */
const DOCKERFILE = `ARG BASE
FROM \${BASE}
USER 0:0
COPY cat /usr/bin/lent-cat
RUN ["sh", "-c", "chmod 4755 /usr/bin/lent-cat && echo of root > /etc/of-root && chmod 0600 /etc/of-root"]
USER 1000:1000
`;

/** Containers made by constructs, and containers that lack one protection each, from the same image. */
export class HardeningProject {
  readonly docker = new Docker();
  private readonly project = Project.create(PROGRAM);
  private image = "";

  async deploy(): Promise<void> {
    await this.docker.purge(STACK);
    mkdirSync(join(this.project.directory, "image"));
    copyFileSync("/bin/cat", join(this.project.directory, "image/cat"));
    this.project.write("image/Dockerfile", DOCKERFILE);
    await this.project.synth();
    await this.project.terraform(STACK, "init", "-input=false");
    await this.project.terraform(STACK, "apply", "-input=false", "-auto-approve");
    this.image = (await this.facts("neighbour")).Image;
  }

  facts(name: string): Promise<ContainerFacts> {
    return this.docker.container(STACK, `${STACK}-${name}`);
  }

  async inside(name: string): Promise<Inside> {
    return Inside.of(this.docker, await this.facts(name));
  }

  /** Starts a container as docker's own client does it, with options. */
  async loose(name: string, ...options: readonly string[]): Promise<Inside> {
    const label = ["--label", `docker-tiers.stack=${STACK}`];
    const place = ["--name", `${STACK}-loose-${name}`, "--network", "none", "--init", ...label];
    return new Inside(this.docker, await this.docker.run(["run", "-d", ...place, ...options, "--entrypoint", "sleep", this.image, "3600"]));
  }

  async remove(): Promise<void> {
    await this.docker.purge(STACK);
    const images = await this.docker.lines("images", "-q", `localhost/docker-tiers/${IMAGE}`);
    if (images.length > 0) await this.docker.run(["rmi", "-f", ...images]);
    this.project.remove();
  }
}
