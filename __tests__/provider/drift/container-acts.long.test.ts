import type { ContainerInspect } from "../../../provider/resources/container-api";
import { buildProbeImages } from "../probe-image";
import { HOST } from "../test-engine";
import { CONTAINER_ACTS } from "./container-acts";
import { ContainerSubject, engine, makeSurroundings, removeContainer, removeSurroundings } from "./container-subject";
import { CONTAINER } from "./container-table";
import { idOf, ProtocolProvider } from "./protocol";
import { shown } from "./trial";

jest.setTimeout(180_000);

const { type } = CONTAINER;
let provider: ProtocolProvider;
const subject = new ContainerSubject({} as ContainerInspect);

beforeAll(async () => {
  await buildProbeImages();
  await makeSurroundings();
  provider = await ProtocolProvider.start(HOST);
});
afterEach(async () => {
  for (const name of ["drift-c", "drift-renamed"]) await removeContainer(name);
});
afterAll(async () => {
  provider.stop();
  await removeSurroundings();
  await engine.close();
});

describe("what somebody does to a container", () => {
  it.each(Object.entries(CONTAINER_ACTS))("shows %s", async (_path, { config, act, shown: expected }) => {
    const stored = await provider.create(type, config);
    expect(await shown(provider, subject, stored, config)).toEqual({ paths: [], replace: [] });
    const id = (await act(idOf(stored))) ?? stored.values["id"] ?? null;
    expect(await shown(provider, subject, { ...stored, values: { ...stored.values, id } }, config)).toEqual(expected);
  });
});
