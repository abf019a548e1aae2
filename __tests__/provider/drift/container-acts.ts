import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pack } from "tar-stream";
import type { ObjectValue } from "../../../provider/value";
import { bytesOf } from "./bare-image";
import { engine } from "./container-subject";
import type { Shown } from "./trial";

/** Something that somebody does to a container, and what the plan then shows; `null` when it is gone. */
export interface Act {
  readonly config: ObjectValue;
  /** Returns the id of another container when there is one. */
  readonly act: (id: string) => Promise<string | undefined>;
  readonly shown: Shown | null;
}

const BASE = { name: "drift-c", image: "probe:1", start: false };
const NETWORK = { ...BASE, networks_advanced: [{ name: "drift-net", aliases: ["app"] }] };
const FILE = "/etc/app.conf";

const source = join(mkdtempSync(join(tmpdir(), "drift-source-")), "app.conf");
writeFileSync(source, "here\n");

const done = (call: Promise<unknown>): Promise<undefined> => call.then(() => undefined);

/** Another container of the name. */
async function another(id: string, body: object): Promise<string> {
  await engine.delete(`/containers/${id}`, { query: { force: true } });
  const query = { name: BASE.name };
  return (await engine.post<{ Id: string }>("/containers/create", { query, body })).Id;
}

const write =
  (content: string, mode = 0o644) =>
  async (id: string): Promise<undefined> => {
    const tar = pack();
    tar.entry({ name: FILE.slice(1), mode }, content);
    await engine.put(`/containers/${id}/archive`, { query: { path: "/" }, body: await bytesOf(tar) });
  };

const replaced = (...paths: string[]): Shown => ({ paths, replace: ["upload"] });
const upload = (block: ObjectValue): ObjectValue => ({ ...BASE, upload: [{ file: FILE, ...block }] });

/** By the path of the attribute, for those whose drift is more than another value in the engine's answer. */
export const CONTAINER_ACTS: { readonly [path: string]: Act } = {
  name: {
    config: BASE,
    act: (id) => done(engine.post(`/containers/${id}/rename`, { query: { name: "drift-renamed" } })),
    shown: { paths: ["name"], replace: ["name"] },
  },
  id: { config: BASE, act: (id) => done(engine.delete(`/containers/${id}`)), shown: null },
  must_run: {
    config: { ...BASE, start: true, stop_signal: "SIGKILL" },
    act: (id) => done(engine.post(`/containers/${id}/kill`).then(() => engine.post(`/containers/${id}/wait`))),
    shown: { paths: ["must_run"], replace: [] },
  },
  platform: {
    config: { ...BASE, platform: "linux/amd64" },
    act: (id) => another(id, { Image: "localhost/drift-foreign:1", Cmd: ["sleep"] }),
    shown: { paths: ["image", "platform"], replace: ["image", "platform"] },
  },
  "networks_advanced.name": {
    config: NETWORK,
    act: (id) => done(engine.post("/networks/drift-net/disconnect", { body: { Container: id } })),
    shown: { paths: ["networks_advanced"], replace: [] },
  },
  "upload.file": {
    config: upload({ content: "a\n" }),
    act: (id) => another(id, { Image: "probe:1" }),
    shown: replaced("upload"),
  },
  "upload.content": { config: upload({ content: "a\n" }), act: write("b\n"), shown: replaced("upload.content") },
  "upload.content_base64": { config: upload({ content_base64: "AAE=" }), act: write("b\n"), shown: replaced("upload.content_base64") },
  "upload.source": { config: upload({ source }), act: write("b\n"), shown: replaced("upload.source_hash") },
  "upload.source_hash": { config: upload({ source, source_hash: "1" }), act: write("b\n"), shown: replaced("upload.source_hash") },
  "upload.executable": {
    config: upload({ content: "a\n", executable: true }),
    act: write("a\n", 0o644),
    shown: replaced("upload.executable"),
  },
  "upload.permissions": {
    config: upload({ content: "a\n", permissions: "0600" }),
    act: write("a\n", 0o640),
    shown: replaced("upload.permissions"),
  },
};
