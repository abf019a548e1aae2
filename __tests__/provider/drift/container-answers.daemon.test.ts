import type { ContainerInspect } from "../../../provider/resources/container-api";
import type { ObjectValue } from "../../../provider/value";
import { buildProbeImages } from "../probe-image";
import { HOST } from "../test-engine";
import { throughAnswers, type Answers } from "./answering";
import { seenIn } from "./case";
import { ContainerSubject, engine, makeSurroundings, removeContainer, removeSurroundings } from "./container-subject";
import { CONTAINER } from "./container-table";
import { ANSWERED, ANSWERS, MADE } from "./container-variants";
import { idOf, ProtocolProvider, type Stored } from "./protocol";
import { topOf } from "./schema-paths";
import { expectedOf, shown } from "./trial";

jest.setTimeout(180_000);

const { type } = CONTAINER;
const BASE = { name: "drift-c", image: "probe:1", start: false };
let provider: ProtocolProvider;

beforeAll(async () => {
  await buildProbeImages();
  await makeSurroundings();
  provider = await ProtocolProvider.start(HOST);
});
afterEach(() => removeContainer("drift-c"));
afterAll(async () => {
  provider.stop();
  await removeSurroundings();
  await engine.close();
});

describe("what newer engines have, and other file systems", () => {
  const cases = seenIn(CONTAINER, "answered").map((entry) => [entry[0], entry] as const);

  it.each(cases)("shows %s", async (path, entry) => {
    const [, { place, value }] = entry;
    const stored = await provider.create(type, MADE);
    const as = (answers: Answers) => planned(stored, answers);
    expect(await as(ANSWERS)).toEqual({ paths: [], replace: [] });
    const found = await as([...ANSWERS, [place, value]]);
    const outcome = { path, isShown: found?.paths.includes(path), isReplaced: found?.replace.includes(topOf(path)) };
    expect(outcome).toEqual(expectedOf(CONTAINER_SUBJECT.schema, entry));
    expect(found?.paths).toEqual([path]);
  });

  const CONTAINER_SUBJECT = new ContainerSubject({} as ContainerInspect);

  function planned(stored: Stored, answers: Answers): ReturnType<typeof shown> {
    const known = { ...stored, values: { ...stored.values, ...ANSWERED } };
    return throughAnswers(engine, "/containers/", answers, (other) => shown(other, CONTAINER_SUBJECT, known, ANSWERED));
  }
});

describe("how Terraform treats a container", () => {
  const TREATED: ObjectValue = {
    attach: true,
    logs: true,
    wait: true,
    wait_timeout: 30,
    must_run: false,
    destroy_grace_seconds: 5,
    remove_volumes: false,
    container_read_refresh_timeout_milliseconds: 30_000,
    timeouts: { create: "1m", update: "1m", delete: "1m" },
  };

  /** What the engine has of a container that was never started, without what is each one's own. */
  async function made(config: ObjectValue): Promise<object> {
    const stored = await provider.create(type, config);
    const { Config, HostConfig, Image } = await engine.get<ContainerInspect>(`/containers/${idOf(stored)}/json`);
    await removeContainer("drift-c");
    return { Image, HostConfig, Config: { ...Config, Hostname: "" } };
  }

  it("is nothing that the engine has, unlike its variables", async () => {
    const plain = await made(BASE);
    expect(await made({ ...BASE, ...TREATED })).toEqual(plain);
    expect(await made({ ...BASE, env: ["A=1"] })).not.toEqual(plain);
  });

  it("is all that the table says it is", () => {
    const treated = Object.entries(CONTAINER.cases).flatMap(([path, { kind }]) => (kind === "unseen" ? [topOf(path)] : []));
    expect([...new Set(treated)].sort()).toEqual([...Object.keys(TREATED).filter((name) => name !== "must_run"), "start"].sort());
  });
});
