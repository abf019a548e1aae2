import fc from "fast-check";
import { argumentFault } from "../../constructs/text";
import { HOSTILE, hostileText } from "../hostile-texts";
import { Docker } from "./docker";
import { Project } from "./project";

const STACK = "e2e-hostile";
const COUNT = 50;

/** A job for each text, which says what reached it, and one container that holds all of them as files. */
const PROGRAM = `import { readFileSync } from "node:fs";
import { App, TerraformStack } from "cdktf";
import { ConfigVolume, ContainerImage, EmbeddedDockerProvider, Health, Job, Service, StateBackend } from "../../constructs";
import { nodeRecipe } from "../../images/recipes/node";

const texts = JSON.parse(readFileSync("texts.json", "utf8")) as string[];
const stack = new TerraformStack(new App(), "${STACK}");
new EmbeddedDockerProvider(stack, "docker", { host: "unix:///var/run/docker.sock" });
StateBackend.local().bind(stack);
const image = ContainerImage.fromPackages(nodeRecipe);
const tell = ["node", "-e", "console.log(JSON.stringify([process.env.TEXT, process.argv[1]]))", "--"];
texts.forEach((text, index) => {
  new Job(stack, "Job" + index, { image, entrypoint: tell, command: [text], environment: { TEXT: text }, labels: { note: text } });
});
const files = Object.fromEntries(texts.map((text, index) => ["file" + index, text]));
const holder = new Service(stack, "Holder", { image, memoryMiB: 64, entrypoint: ["sleep", "3600"], health: Health.shell("true") });
new ConfigVolume(stack, "Files", { image, files }).mountInto(holder.workload, "/texts");
(stack.node.root as App).synth();
`;

/** What constructs take as an argument, with the list itself first. */
function texts(): string[] {
  const all = [...HOSTILE, ...fc.sample(hostileText, { numRuns: 400, seed: 80 })];
  return [...new Set(all)].filter((text) => argumentFault(text) === undefined).slice(0, COUNT);
}

const docker = new Docker();
const project = Project.create(PROGRAM);
const sent = texts();

beforeAll(async () => {
  await docker.purge(STACK);
  project.write("texts.json", JSON.stringify(sent));
  await project.synth();
  await project.terraform(STACK, "init", "-input=false");
  await project.terraform(STACK, "apply", "-input=false", "-auto-approve");
});

afterAll(async () => {
  await docker.purge(STACK);
  project.remove();
});

interface Declared {
  readonly Id: string;
  readonly Name: string;
  readonly Config: { readonly Env: readonly string[]; readonly Cmd: readonly string[]; readonly Labels: Readonly<Record<string, string>> };
}

describe("hostile texts that were deployed", () => {
  const jobs = async (): Promise<(Declared | undefined)[]> => {
    const ids = (await docker.containers(STACK, "-job")).map(({ Id }) => Id);
    const found = await docker.inspect<Declared>("container", ids);
    return sent.map((_, index) => found.find(({ Name }) => Name.startsWith(`/${STACK}-job${index}-`)));
  };

  it("are at the engine as they were written: in environment, command and label", async () => {
    expect(sent).toHaveLength(COUNT);
    const found = (await jobs()).map((job) => [
      job?.Config.Env.find((each) => each.startsWith("TEXT=")),
      job?.Config.Cmd,
      job?.Config.Labels["note"],
    ]);
    expect(found).toEqual(sent.map((text) => [`TEXT=${text}`, [text], text]));
  });

  it("reached the processes as they were written", async () => {
    const said = await Promise.all((await jobs()).map(async (job) => JSON.parse(await docker.run(["logs", job?.Id ?? "none"])) as unknown));
    expect(said).toEqual(sent.map((text) => [text, text]));
  });

  it("are the content of files", async () => {
    const program = `const { readFileSync } = require("fs"); console.log(JSON.stringify([...Array(${COUNT}).keys()].map((i) => readFileSync("/texts/file" + i, "utf8"))))`;
    const { Id } = await docker.container(STACK, `${STACK}-holder`);
    expect(JSON.parse(await docker.run(["exec", Id, "node", "-e", program]))).toEqual(sent);
  });

  it("leave nothing to do for the next plan", async () => {
    expect(await project.planned(STACK)).toEqual({});
  });
});
