import { readFileSync } from "node:fs";

import { readElf } from "../../images/elf";
import { elfFile } from "./elf-file";

const read = (bytes: Buffer): ReturnType<typeof readElf> => readElf((offset, length) => bytes.subarray(offset, offset + length));

describe("readElf", () => {
  it("tells the loader and the libraries of a program, in the order of the file", () => {
    const file = elfFile({ interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libssl.so.3", "libc.so.6"] });
    expect(read(file)).toEqual({ interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libssl.so.3", "libc.so.6"] });
  });

  it("tells the libraries of a library, which names no loader", () => {
    expect(read(elfFile({ needed: ["libm.so.6"] }))).toEqual({ needed: ["libm.so.6"] });
  });

  it("reads the program that runs this test", () => {
    const dependencies = read(readFileSync(process.execPath));
    expect(dependencies?.needed).toContain("libc.so.6");
    expect(dependencies?.interpreter).toMatch(/^\/lib.*\/ld-linux/);
  });

  it.each([
    ["a script", Buffer.from("#!/bin/sh\nexec true\n".repeat(10))],
    ["an empty file", Buffer.alloc(0)],
    ["a 32-bit file", Buffer.from(elfFile({})).fill(1, 4, 5)],
    ["a big-endian file", Buffer.from(elfFile({})).fill(2, 5, 6)],
  ])("takes %s for no ELF file it can read", (_name, bytes) => {
    expect(read(bytes)).toBeUndefined();
  });
});
