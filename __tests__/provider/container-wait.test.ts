import { Engine } from "../../engine";
import { diagnosticOf } from "../../provider/diagnostic-message";
import { container } from "../../provider/resources/container";
import { startAndWait } from "../../provider/resources/container-wait";
import { startFakeEngine, type Answer } from "../engine/fake-engine";
import { operationContext } from "./operation-context";

/** Answers the stream of events, and nothing else ever. */
const hangs: Answer = (request, _body, response) => {
  if (request.url?.includes("/events")) response.writeHead(200).flushHeaders();
};

async function withHangingEngine(run: (engine: Engine, requests: readonly string[]) => Promise<void>): Promise<void> {
  const fake = await startFakeEngine(hangs);
  const engine = new Engine({ host: fake.host });
  try {
    await run(engine, fake.requests);
  } finally {
    await engine.close();
    await fake.close();
  }
}

it("fails at the first interrupt while the engine is being asked, and says that the container stays", () =>
  withHangingEngine(async (engine) => {
    const abort = new AbortController();
    const context = operationContext(engine, { signal: abort.signal });
    const start = (): Promise<void> => Promise.resolve(void setImmediate(() => abort.abort()));
    await expect(startAndWait(context, "0123456789abcdef", { wait: true }, start)).rejects.toThrow(
      "Container 0123456789ab was not waited for: The apply was interrupted while the container came up; it stays, and the next apply replaces it.",
    );
  }));

it("fails on an engine that does not answer a read in time as such, not as an interrupt", () =>
  withHangingEngine(async (engine) => {
    const state = { id: "abc", container_read_refresh_timeout_milliseconds: 100 };
    const error: unknown = await Promise.resolve(container.read(state, operationContext(engine))).catch((reason: unknown) => reason);
    expect(diagnosticOf(error, "read docker_container")).toEqual({
      severity: "error",
      summary: "Docker refused to read docker_container",
      detail: `DOCKER_HOST_SILENT: the engine at ${engine.address} must answer GET /containers/abc/json within 0.1 s, got nothing; see whether it hangs: docker -H ${engine.address} info`,
    });
  }));
