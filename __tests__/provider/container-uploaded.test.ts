import type { ServerResponse } from "node:http";
import { pack } from "tar-stream";
import { Engine } from "../../engine";
import { NO_NOTES } from "../../provider/resources/container-private";
import { uploadState } from "../../provider/resources/container-uploaded";
import { startFakeEngine } from "../engine/fake-engine";

const CONTENT = "x".repeat(5000);
const STATE = { upload: [{ file: "/etc/shop.conf", content: CONTENT }] };

/** The state after an engine has answered with the first bytes of the file's archive, which is `end` then. */
async function readFrom(bytes: number, end: (response: ServerResponse) => void): Promise<unknown> {
  const tar = pack();
  tar.entry({ name: "shop.conf", mode: 0o644 }, CONTENT);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk);
  const archive = Buffer.concat(chunks);
  const fake = await startFakeEngine((_request, _body, response) => {
    response.writeHead(200).write(archive.subarray(0, bytes));
    setTimeout(() => end(response), 50);
  });
  const engine = new Engine({ host: fake.host });
  try {
    return await uploadState(engine, "abc", STATE, NO_NOTES);
  } finally {
    await engine.close();
    await fake.close();
  }
}

describe("a file in a container", () => {
  it("is read to its end", async () => {
    await expect(readFrom(Infinity, (response) => response.end())).resolves.toMatchObject({ upload: [{ content: CONTENT }] });
  });

  it.each([100, 512, 2000])("fails when the engine is gone after %i bytes", async (bytes) => {
    await expect(readFrom(bytes, (response) => response.destroy())).rejects.toThrow("DOCKER_HOST_LOST");
  });
});
