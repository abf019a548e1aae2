import { imageFault, type InspectedImage } from "../../images/image-fault";
import { imageName } from "../../images/recipe";
import { declaredContainers, type DeclaredContainer } from "../declared-containers";
import { Failure } from "../failure";
import type { StackOutput } from "../stack-output";
import { stacksOf, withEngine, type ImageEngine, type ImagesPorts } from "./images";

/** A container as the engine lists it. */
interface ListedContainer {
  readonly Names: readonly string[];
  readonly ImageID: string;
  readonly State: string;
  readonly Labels: Readonly<Record<string, string>>;
}

/** A container of the host, or one that should be there, and what is wrong with it. */
interface Verdict {
  readonly subject: string;
  readonly fault: string | undefined;
}

/**
 * Compares what the hosts of environments have with what was declared: the image that each container runs by its id, that image by digest,
 * recipe and content, the container's configuration by its hash, and that there is one for each declared and none beside.
 *
 * @param names - environments; none stands for the only one that there is
 * @throws Failure `failed` for a difference, after all were printed; EngineError
 */
export async function verifyImages(ports: ImagesPorts, names: readonly string[]): Promise<void> {
  const different: string[] = [];
  for (const stack of stacksOf(ports, names)) {
    const verdicts = await withEngine(ports, stack, (engine) => verify(engine, stack, declaredContainers(ports.synthesised, stack.name)));
    for (const { subject, fault } of verdicts) ports.output.line(`${stack.name}  ${subject}  ${fault ?? "as declared"}`);
    if (verdicts.some(({ fault }) => fault !== undefined)) different.push(stack.name);
  }
  if (different.length === 0) return;
  const all = different.join(" ");
  throw new Failure(
    "failed",
    `VERIFY: what runs must be what was declared, got differences in ${different.join(", ")}; look at: npx cdktf diff ${all}`,
  );
}

async function verify(engine: ImageEngine, stack: StackOutput, declared: readonly DeclaredContainer[]): Promise<Verdict[]> {
  const filters = { label: [`docker-tiers.stack=${stack.name}`] };
  const listed = await engine.get<ListedContainer[]>("/containers/json", { query: { all: true, filters } });
  // Another project of the same host may have a stack of this name.
  const projects = new Set(declared.map(({ project }) => project));
  const found = listed
    .filter(({ Labels }) => projects.has(Labels["docker-tiers.project"]))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const missing = declared.filter(({ path, staysUp }) => staysUp && !found.some(({ Labels }) => Labels["docker-tiers.path"] === path));
  return [
    ...missing.map(({ path }) => ({ subject: path, fault: "must be on the host, got no container" })),
    ...(await Promise.all(found.map(async (each) => ({ subject: nameOf(each), fault: await faultOf(engine, stack, declared, each) })))),
  ];
}

async function faultOf(
  engine: ImageEngine,
  stack: StackOutput,
  declared: readonly DeclaredContainer[],
  { Labels, ImageID, State }: ListedContainer,
): Promise<string | undefined> {
  const of = declared.find(({ path }) => path === Labels["docker-tiers.path"]);
  if (of === undefined) return "must be declared, got a container that is not";
  if (of.configuration !== Labels["docker-tiers.config"]) return "must have the declared configuration, got another";
  if (of.staysUp && State !== "running") return `must run, got ${State}`;
  if (of.image === undefined) return undefined;
  const image = await engine.find<InspectedImage>(`/images/${of.image}/json`);
  const recipe = stack.recipes.find((each) => imageName(each) === of.image);
  const fault = imageFault(of.image, image, recipe);
  if (fault !== undefined || image?.Id === ImageID) return fault;
  return `must run ${of.image}, which is ${image?.Id ?? "missing"}, got ${ImageID}`;
}

const nameOf = ({ Names: [name = ""] }: ListedContainer): string => name.replace(/^\//, "");
