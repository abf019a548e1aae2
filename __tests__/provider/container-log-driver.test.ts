import { Engine } from "../../engine";
import { requireLogDriver } from "../../provider/resources/container-log-driver";
import { UNKNOWN, type Value } from "../../provider/value";
import { startFakeEngine } from "../engine/fake-engine";

/** What Docker 28 is built with: Logentries went with 25.0. */
const CURRENT = ["awslogs", "fluentd", "gcplogs", "gelf", "journald", "json-file", "local", "splunk", "syslog"];

async function planned(
  driver: Value,
  drivers: readonly string[] | null = CURRENT,
): Promise<{ error: unknown; requests: readonly string[] }> {
  const fake = await startFakeEngine((_request, _body, response) => response.end(JSON.stringify({ Plugins: { Log: drivers } })));
  const engine = new Engine({ host: fake.host });
  const error = await requireLogDriver({ log_driver: driver }, engine).catch((thrown: unknown) => thrown);
  await engine.close();
  await fake.close();
  const requests = fake.requests.filter((request) => request.endsWith("/info"));
  return { error: error instanceof Error ? error.message.replace(fake.host, "HOST") : error, requests };
}

describe("a log driver", () => {
  it("fails the plan where the engine has none of that name, and says which it has", async () => {
    expect((await planned("logentries")).error).toBe(
      "The engine has no such log driver: log_driver must be one of the engine at HOST, " +
        'awslogs, fluentd, gcplogs, gelf, journald, json-file, local, splunk, syslog or none, got "logentries"; choose another',
    );
    expect((await planned("logentries", [...CURRENT, "logentries"])).error).toBeUndefined();
  });

  it("is taken where the engine does not say what it has", async () => {
    expect(await planned("syslog", null)).toEqual({ error: undefined, requests: [expect.stringMatching(/^GET .*\/info$/)] });
  });

  it.each<[Value]>([["json-file"], ["local"], ["none"], ["grafana/loki-docker-driver:3.3.2"], [UNKNOWN], [null]])(
    "is not asked for: %p is in every engine, a plugin, or not known yet",
    async (driver) => {
      expect(await planned(driver)).toEqual({ error: undefined, requests: [] });
    },
  );
});
