import { LogDriver } from "../../constructs";
import { everyDriver } from "../constructs/logs/every-driver";
import { buildProbeImages } from "./probe-image";
import { testEngine } from "./test-engine";

const engine = testEngine();

beforeAll(() => buildProbeImages());
afterAll(() => engine.close());

/** Makes a container that is never started: the engine judges the options of its log. */
async function create({ name, options }: LogDriver): Promise<void> {
  const HostConfig = { LogConfig: { Type: name, Config: options } };
  const { Id } = await engine.post<{ Id: string }>("/containers/create", { body: { Image: "probe:1", HostConfig } });
  await engine.delete(`/containers/${Id}`);
}

/** What engines may be built without: Docker 25.0 took the first out, Debian's builds of 28 have not the second. */
const OPTIONAL = ["logentries", "gcplogs"];

async function missing(name: string): Promise<boolean> {
  const { Plugins } = await engine.get<{ Plugins: { Log: readonly string[] } }>("/info");
  return OPTIONAL.includes(name) && !Plugins.Log.includes(name);
}

describe("the engine", () => {
  it.each(everyDriver.map((driver) => [driver.name, driver] as const))(
    "takes every option of %s, or is built without that driver",
    async (name, driver) => {
      const outcome = await create(driver).then(() => "taken", String);
      expect(outcome).toMatch((await missing(name)) ? `logging plugin ${name}` : /^taken$/);
    },
    // An engine looks for a plugin of that name first, patiently.
    120_000,
  );

  it("fails for an option that a driver does not have", async () => {
    await expect(create(LogDriver.custom("local", { colour: "red" }))).rejects.toThrow("unknown log opt 'colour' for log driver local");
  });
});
