import { Readable } from "node:stream";
import fc from "fast-check";
import { demultiplex, jsonLines, progressMessages } from "../../engine";

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

/** Bytes as a stream in pieces of one size, so that borders fall anywhere. */
function pieces(bytes: Buffer, size: number): Readable {
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
  return Readable.from(chunks);
}

function frame(source: 1 | 2, text: string): Buffer {
  const data = Buffer.from(text);
  const header = Buffer.from([source, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(data.length, 4);
  return Buffer.concat([header, data]);
}

describe("demultiplex", () => {
  it("takes any frames apart, wherever the stream is cut", async () => {
    const frames = fc.array(
      fc.record({ source: fc.constantFrom("stdout" as const, "stderr" as const), text: fc.string({ minLength: 1 }) }),
    );
    await fc.assert(
      fc.asyncProperty(frames, fc.integer({ min: 1, max: 20 }), async (list, size) => {
        const bytes = Buffer.concat(list.map(({ source, text }) => frame(source === "stdout" ? 1 : 2, text)));
        const chunks = await collect(demultiplex(pieces(bytes, size)));
        expect(chunks.map(({ source, data }) => ({ source, text: data.toString() }))).toEqual(
          list.map(({ source, text }) => ({ source, text: Buffer.from(text).toString() })),
        );
      }),
    );
  });

  it("passes a terminal's output through", async () => {
    const chunks = await collect(demultiplex(Readable.from([Buffer.from("a\r\nb")]), true));
    expect(chunks).toEqual([{ source: "stdout", data: Buffer.from("a\r\nb") }]);
  });
});

describe("jsonLines", () => {
  it("reads values across pieces, with or without a last line break", async () => {
    const bytes = Buffer.from('{"a":1}\n\n{"b":"ü"}');
    expect(await collect(jsonLines(pieces(bytes, 3)))).toEqual([{ a: 1 }, { b: "ü" }]);
  });
});

describe("progressMessages", () => {
  it("fails with the daemon's sentence when a line is an error", async () => {
    const stream = Readable.from([Buffer.from('{"stream":"Step 1"}\n{"error":"no such file"}\n')]);
    await expect(collect(progressMessages(stream))).rejects.toMatchObject({ name: "EngineError", status: 500, message: "no such file" });
  });
});
