import { Readable } from "node:stream";
import { Engine, EngineError, progressMessages } from "../../engine";
import { answerSeconds } from "../../engine/patience";
import { json, startFakeEngine, type Answer, type FakeEngine } from "./fake-engine";

describe("Engine", () => {
  let fake: FakeEngine;
  let engine: Engine;

  const start = async (answer: Answer, apiVersion?: string): Promise<void> => {
    fake = await startFakeEngine(answer, apiVersion === undefined ? {} : { apiVersion });
    engine = new Engine({ host: fake.host });
  };

  afterEach(async () => {
    await engine.close();
    await fake.close();
  });

  it("asks for the version once and uses it in every path", async () => {
    await start((_request, _body, response) => json(response, 200, []), "1.44");
    await Promise.all([engine.get("/networks"), engine.get("/volumes")]);
    expect(fake.requests.sort()).toEqual(["GET /_ping", "GET /v1.44/networks", "GET /v1.44/volumes"]);
    await expect(engine.supports("1.45")).resolves.toBe(false);
    await expect(engine.supports("1.44")).resolves.toBe(true);
  });

  it("sends bodies as JSON and filters as JSON in the query", async () => {
    const bodies: unknown[] = [];
    await start((request, body, response) => {
      bodies.push([request.headers["content-type"], body]);
      json(response, 201, { Id: "1" });
    });
    const query = { filters: { name: ["a b"] }, all: true, missing: undefined };
    await expect(engine.post("/networks/create", { query, body: { Name: "n" } })).resolves.toEqual({ Id: "1" });
    expect(bodies).toEqual([["application/json", '{"Name":"n"}']]);
    expect(fake.requests[1]).toBe("POST /v1.41/networks/create?filters=%7B%22name%22%3A%5B%22a+b%22%5D%7D&all=true");
  });

  it("sends a stream as an archive", async () => {
    const seen: unknown[] = [];
    await start((request, body, response) => {
      seen.push(request.headers["content-type"], body);
      response.writeHead(200).end();
    });
    await expect(engine.put("/containers/c/archive", { body: Readable.from(["one", "two"]) })).resolves.toBeUndefined();
    expect(seen).toEqual(["application/x-tar", "onetwo"]);
  });

  it("finds nothing where the engine has nothing", async () => {
    await start((_request, _body, response) => json(response, 404, { message: "no such network" }));
    await expect(engine.find("/networks/x")).resolves.toBeUndefined();
  });

  it("fails for an answer that is no JSON, and shows no part of an object", async () => {
    await start((request, _body, response) => response.end(request.url?.includes("info") ? '{"Env":["PASSWORD=' : "<html>a proxy"));
    const subject = `the engine at ${fake.host} must answer GET`;
    const fix = "see whether an engine answers there, and nothing in between";
    await expect(engine.get("/networks")).rejects.toThrow(
      new EngineError(0, `${subject} /networks with JSON, got "<html>a proxy"; ${fix}`),
    );
    await expect(engine.get("/info")).rejects.toThrow(new EngineError(0, `${subject} /info with JSON, got a part of it; ${fix}`));
  });

  it("fails for a redirect, and takes what is so already", async () => {
    await start((request, _body, response) => {
      response.writeHead(request.method === "GET" ? 301 : 304, { Location: "/containers/json" }).end("Moved Permanently");
    });
    await expect(engine.get("/containers//json")).rejects.toMatchObject({ status: 301, message: "Moved Permanently" });
    await expect(engine.post("/containers/c/start")).resolves.toBeUndefined();
  });

  it.each([
    ["", 'GET /networks/x with JSON, got ""'],
    ["null", "GET /networks/x with an object, got null"],
  ])("fails to find what an answer of %j says nothing of, rather than take it for gone", async (body, message) => {
    await start((_request, _body, response) => response.end(body));
    await expect(engine.find("/networks/x")).rejects.toThrow(`the engine at ${fake.host} must answer ${message}`);
  });

  it("reads events until it is told to stop", async () => {
    await start((_request, _body, response) => response.writeHead(200).write('{"Type":"container","Action":"die"}\n'));
    const abort = new AbortController();
    for await (const event of engine.events({ filters: { event: ["die"] }, signal: abort.signal })) {
      expect(event.Action).toBe("die");
      break;
    }
    expect(fake.requests[1]).toBe("GET /v1.41/events?filters=%7B%22event%22%3A%5B%22die%22%5D%7D");
  });

  it("fails with status and sentence of the engine", async () => {
    await start((_request, _body, response) => json(response, 409, { message: "name is taken" }));
    const error: unknown = await engine.post("/networks/create").catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: "EngineError", status: 409, message: "name is taken" });
    expect(EngineError.isConflict(error)).toBe(true);
  });

  it("fails on an engine that is too old, and asks again next time", async () => {
    await start((_request, _body, response) => json(response, 200, {}), "1.24");
    const message = `DOCKER_ENGINE_TOO_OLD: the engine at ${fake.host} must speak API 1.41 to 1.52, got 1.24; update Docker to 20.10 or newer`;
    await expect(engine.version()).rejects.toThrow(message);
    await expect(engine.version()).rejects.toThrow(message);
    expect(fake.requests).toEqual(["GET /_ping", "GET /_ping"]);
  });

  it("fails when an answer that is due does not come, or not whole", async () => {
    await start((request, _body, response) => request.url?.includes("half") && response.writeHead(200).write('{"half'));
    for (const path of ["/none", "/half"]) {
      await expect(engine.get(path, { answerSeconds: 0.2 })).rejects.toThrow(
        `DOCKER_HOST_SILENT: the engine at ${fake.host} must answer GET ${path} within 0.2 s, got nothing; see whether it hangs: docker -H ${fake.host} info`,
      );
    }
  });

  it("fails when an answer breaks off", async () => {
    await start((_request, _body, response) => {
      response.writeHead(200).write('{"status":"Pulling"}\n{"half');
      setTimeout(() => response.destroy(), 50);
    });
    const lost =
      "DOCKER_HOST_LOST: the engine must answer to the end, got an answer that breaks off; see whether it was stopped (docker info), then run the command again";
    await expect(engine.get("/info")).rejects.toEqual(new EngineError(0, lost));
    const messages = progressMessages(await engine.stream("POST", "/images/create"));
    await expect(messages.next()).resolves.toEqual({ done: false, value: { status: "Pulling" } });
    await expect(messages.next()).rejects.toEqual(new EngineError(0, lost));
  });

  it("fails with the fault of what it is to send, not with an unreachable engine", async () => {
    await start((_request, _body, response) => json(response, 200, {}));
    const body = Readable.from(
      (function* () {
        yield "some";
        throw new Error("EACCES: permission denied, open 'secret'");
      })(),
    );
    await expect(engine.post("/build", { body })).rejects.toThrow(/^EACCES: permission denied, open 'secret'$/);
  });

  it("fails when it is told to stop", async () => {
    await start(() => undefined);
    const abort = new AbortController();
    const waiting = engine.post("/containers/c/wait", { signal: abort.signal });
    setTimeout(() => abort.abort(), 50);
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  });
});

it("fails with the address when nothing answers", async () => {
  const engine = new Engine({ host: "unix:///nowhere/docker.sock" });
  await expect(engine.get("/info")).rejects.toThrow(
    "DOCKER_HOST_UNREACHABLE: a Docker engine must answer at unix:///nowhere/docker.sock, got connect ENOENT /nowhere/docker.sock",
  );
});

it.each([
  ["GET", "/containers/x/json", 30],
  ["GET", "/images/shop:1/json", 30],
  ["POST", "/containers/create", 120],
  ["POST", "/containers/x/start", 120],
  ["DELETE", "/networks/x", 120],
  ["DELETE", "/volumes/data", Infinity],
  ["POST", "/containers/x/wait", Infinity],
  ["POST", "/containers/x/stop", Infinity],
  ["PUT", "/containers/x/archive", Infinity],
  ["GET", "/containers/x/logs", Infinity],
  ["GET", "/events", Infinity],
  ["POST", "/build", Infinity],
  ["POST", "/images/create", Infinity],
  ["POST", "/images/registry.example/shop/push", Infinity],
  ["POST", "/images/load", Infinity],
])("an engine may take its time: %s %s", (method, path, seconds) => {
  expect(answerSeconds(method, path)).toBe(seconds);
});
