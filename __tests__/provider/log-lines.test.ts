import { Readable } from "node:stream";
import { logLines } from "../../provider/resources/log-lines";

const frame = (source: 1 | 2, text: string | Buffer): Buffer => {
  const data = Buffer.from(text);
  const header = Buffer.from([source, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
};
const read = (chunks: readonly Buffer[], options = { tty: false, headers: false }): Promise<string[]> =>
  logLines(Readable.from(chunks), options);

describe("the lines of a container", () => {
  it("are whole although pieces are not: many in one piece, one over many, sources mixed, no end of line", async () => {
    const bytes = Buffer.concat([frame(1, "one\ntwo\nthr"), frame(2, "warning\n"), frame(1, "ee\n\nlast")]);
    const pieces = [bytes.subarray(0, 5), bytes.subarray(5, 21), bytes.subarray(21)];
    await expect(read(pieces)).resolves.toEqual(["one", "two", "warning", "three", "", "last"]);
  });

  it("keep characters that a piece splits", async () => {
    const text = Buffer.from("grüße\n");
    await expect(read([frame(1, text.subarray(0, 3)), frame(1, text.subarray(3))])).resolves.toEqual(["grüße"]);
  });

  it("of a terminal have no headers and end as terminals end them", async () => {
    await expect(read([Buffer.from("a\r\nb\r\n")], { tty: true, headers: true })).resolves.toEqual(["a", "b"]);
  });

  it("carry the engine's headers where they are asked for", async () => {
    await expect(read([frame(2, "one\ntwo\n")], { tty: false, headers: true })).resolves.toEqual([
      "\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0004one",
      "\u0002\u0000\u0000\u0000\u0000\u0000\u0000\u0004two",
    ]);
  });
});
