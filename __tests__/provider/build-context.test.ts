import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Engine } from "../../engine";
import { buildImage } from "../../provider/resources/image-build";
import { json, startFakeEngine, type FakeEngine } from "../engine/fake-engine";
import { operationContext } from "./operation-context";

const NOBODY = 65_534;

describe("a build context with a file that cannot be read", () => {
  let directory: string;
  let fake: FakeEngine;
  let engine: Engine;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), "context-"));
    chmodSync(directory, 0o755);
    writeFileSync(join(directory, "Dockerfile"), "FROM scratch\n");
    writeFileSync(join(directory, "locked"), "x", { mode: 0o000 });
    fake = await startFakeEngine((_request, _body, response) => json(response, 200, { stream: "built" }));
    engine = new Engine({ host: fake.host });
    await engine.version();
  });

  afterEach(async () => {
    process.seteuid?.(0);
    await engine.close();
    await fake.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const build = async (): Promise<void> => {
    // Root reads everything.
    if (process.getuid?.() === 0) process.seteuid?.(NOBODY);
    try {
      await buildImage(operationContext(engine), "shop:1", { context: directory });
    } finally {
      if (process.getuid?.() === 0) process.seteuid?.(0);
    }
  };

  it("fails with the file's name, not with an unreachable engine", async () => {
    await expect(build()).rejects.toThrow(
      `Build context cannot be read: build.context must have files that can be read, got EACCES: permission denied, open '${join(directory, "locked")}' in ${directory}; let this user read it, or name it in .dockerignore`,
    );
  });

  it("is built when the file is named in .dockerignore", async () => {
    writeFileSync(join(directory, ".dockerignore"), "locked\n");
    await expect(build()).resolves.toBeUndefined();
  });
});
