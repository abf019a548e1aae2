import { Health, type HealthTiming } from "../../constructs";

describe("Health", () => {
  it("asks the service's port by wget or curl, whichever the image has", () => {
    expect(Health.http("/healthz").test(3000)).toEqual([
      "CMD-SHELL",
      "wget -q -O /dev/null http://127.0.0.1:3000/healthz || curl -fsS -o /dev/null http://127.0.0.1:3000/healthz",
    ]);
    expect(Health.http("/", { port: 81 }).test(3000)[1]).toContain("http://127.0.0.1:81/");
    expect(Health.http("/").test()[1]).toContain("http://127.0.0.1:80/");
  });

  it("hands a path to the shell as one word, whatever it holds", () => {
    expect(Health.http("/a?b=1&c='$(d)'").test(80)[1]).toBe(
      `wget -q -O /dev/null 'http://127.0.0.1:80/a?b=1&c='\\''$(d)'\\''' || curl -fsS -o /dev/null 'http://127.0.0.1:80/a?b=1&c='\\''$(d)'\\'''`,
    );
  });

  it("runs a command without a shell and a line with one", () => {
    expect(Health.command(["redis-cli", "ping"]).test()).toEqual(["CMD", "redis-cli", "ping"]);
    expect(Health.shell("test -e /tmp/up").test()).toEqual(["CMD-SHELL", "test -e /tmp/up"]);
  });

  it("knows how long the engine may need to decide", () => {
    const timing = { intervalSeconds: 2, timeoutSeconds: 1, retries: 4, startPeriodSeconds: 7 };
    expect(Health.shell("true", timing).decisionSeconds).toBe(7 + 3 * 5);
    expect(Health.shell("true")).toMatchObject({ intervalSeconds: 3, timeoutSeconds: 3, retries: 5, startPeriodSeconds: 30 });
  });

  it.each<[HealthTiming, string]>([
    [{ intervalSeconds: 0 }, "HEALTH: intervalSeconds must be a whole number of at least 1, got 0; use 3"],
    [{ timeoutSeconds: 0.5 }, "HEALTH: timeoutSeconds must be a whole number of at least 1, got 0.5; use 3"],
    [{ retries: 0 }, "HEALTH: retries must be a whole number of at least 1, got 0; use 3"],
    [{ startPeriodSeconds: -1 }, "HEALTH: startPeriodSeconds must be a whole number of at least 0, got -1; use 3"],
  ])("fails for %p", (timing, message) => {
    expect(() => Health.shell("true", timing)).toThrow(new Error(message));
  });
});
