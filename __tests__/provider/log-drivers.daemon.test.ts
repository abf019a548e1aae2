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

describe("the engine", () => {
  it.each(everyDriver.filter(({ name }) => name !== "logentries").map((driver) => [driver.name, driver] as const))(
    "takes every option of %s",
    async (_, driver) => {
      await expect(create(driver)).resolves.toBeUndefined();
    },
  );

  it("takes those of logentries up to Docker 24, and does not know the driver afterwards", async () => {
    const outcome = await Promise.allSettled(everyDriver.filter(({ name }) => name === "logentries").map(create));
    expect(outcome.map(({ status }) => status)).toEqual([(await engine.supports("1.44")) ? "rejected" : "fulfilled"]);
  });

  it("fails for an option that a driver does not have", async () => {
    await expect(create(LogDriver.custom("local", { colour: "red" }))).rejects.toThrow("unknown log opt 'colour' for log driver local");
  });
});
