import type { ContainerInspect } from "../../../provider/resources/container-api";
import { buildProbeImages } from "../probe-image";
import { HOST } from "../test-engine";
import { seenIn } from "./case";
import { ContainerSubject, engine, makeSurroundings, removeSurroundings } from "./container-subject";
import { CONTAINER } from "./container-table";
import { VARIANTS } from "./container-variants";
import { idOf, ProtocolProvider } from "./protocol";
import { expectedOf, shown, trial, type Outcome } from "./trial";

jest.setTimeout(180_000);

const { type } = CONTAINER;
let provider: ProtocolProvider;

beforeAll(async () => {
  await buildProbeImages();
  await makeSurroundings();
  provider = await ProtocolProvider.start(HOST);
});
afterAll(async () => {
  provider.stop();
  await removeSurroundings();
  await engine.close();
});

describe.each(Object.entries(VARIANTS))("another container, configured as %s", (variant, config) => {
  const cases = seenIn(CONTAINER, variant).map((entry) => [entry[0], entry] as const);
  let unchanged: readonly string[] | undefined;
  let besides: readonly string[];
  let outcomes: ReadonlyMap<string, Outcome>;

  beforeAll(async () => {
    const stored = await provider.create(type, config);
    const subject = new ContainerSubject(await engine.get<ContainerInspect>(`/containers/${idOf(stored)}/json`));
    unchanged = (await shown(provider, subject, stored, config))?.paths;
    const result = await trial(provider, subject, variant, stored, config);
    besides = result.besides;
    outcomes = new Map(result.outcomes.map((outcome) => [outcome.path, outcome]));
  });

  it("plans nothing as long as it is as configured, and nothing besides afterwards", () => {
    expect({ unchanged, besides }).toEqual({ unchanged: [], besides: [] });
  });

  it.each(cases)("shows %s", (path, entry) => {
    expect(outcomes.get(path)).toEqual(expectedOf(new ContainerSubject({} as ContainerInspect).schema, entry));
  });
});
