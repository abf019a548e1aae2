import { parse } from "dotenv";
import fc from "fast-check";
import { parseEnvFile } from "../../config/env-file";

const file = (text: string) => {
  const { entries, faults } = parseEnvFile(".env.dev", text);
  return { entries: [...entries.values()].map(({ key, value, where }) => `${key}=${value} @${where}`), faults };
};

describe("parseEnvFile", () => {
  it.each([
    ["A=1", "A=1"],
    ["  A = 1  ", "A=1"],
    ["export A=1", "A=1"],
    ["A: 1", "A=1"],
    ["A='x # y' # comment", "A=x # y"],
    ['A="x"', "A=x"],
    ["A=`x`", "A=x"],
    ["A=x # comment", "A=x"],
    ["A=x=y", "A=x=y"],
    ["A=", "A="],
    ["\ufeffA=1", "A=1"],
    ["A=1\r\n", "A=1"],
    ["A=$HOME", "A=$HOME"],
  ])("reads %j", (text, pair) => {
    expect(file(text)).toEqual({ entries: [`${pair} @file .env.dev line 1`], faults: [] });
  });

  it("counts lines over comments, blank lines, carriage returns and values of several lines", () => {
    expect(file('# head\r\n\r\nA="one\r\ntwo"\r\n   # more\r\nB=2\rC=3')).toEqual({
      entries: ["A=one\ntwo @file .env.dev line 3", "B=2 @file .env.dev line 6", "C=3 @file .env.dev line 7"],
      faults: [],
    });
  });

  it("fails for a key set twice, and keeps the first", () => {
    expect(file("A=1\nB=2\nA=3")).toEqual({
      entries: ["A=1 @file .env.dev line 1", "B=2 @file .env.dev line 2"],
      faults: [{ key: "A", value: "3", accepted: "set once", where: "file .env.dev line 3", hint: "file .env.dev line 1 sets it already" }],
    });
  });

  it.each([
    ["garbage", "garbage"],
    ["=1", "=1"],
    ["A", "A"],
    ["two words=1", "two words=1"],
    ['A="open', 'A="open'],
    ['A="x" y', 'A="x" y'],
    ["__proto__=1", "__proto__=1"],
    ["MY_PASSWORD hunter2", "***"],
  ])("fails for the line %j and reads the next", (line, value) => {
    expect(file(`${line}\nB=2`)).toEqual({
      entries: ["B=2 @file .env.dev line 2"],
      faults: [{ key: ".env.dev", value, accepted: "lines of KEY=value with closed quotes", where: "file .env.dev line 1" }],
    });
  });

  it("gives back every value that some quote can hold", () => {
    const value = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\\]/.test(text));
    fc.assert(
      fc.property(value, fc.constantFrom("'", '"', "`"), (text, quote) => {
        fc.pre(!text.includes(quote));
        expect(parseEnvFile("f", `A=${quote}${text}${quote}\nB=2`)).toEqual({
          entries: new Map([
            ["A", { key: "A", value: text, where: "file f line 1" }],
            ["B", { key: "B", value: "2", where: `file f line ${2 + text.split("\n").length - 1}` }],
          ]),
          faults: [],
        });
      }),
    );
  });

  it("passes over nothing: each line of any text is blank, a comment, part of an entry, or a fault", () => {
    const line = fc.oneof(fc.constantFrom("A=1", "B='x", "y'", "# c", "", 'C="', "D=`", "E: 5"), fc.string({ unit: "binary-ascii" }));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join("\n");
        const { entries, faults } = parseEnvFile("f", text);
        const spoken = text.split(/\r\n?|\n/).filter((one) => !/^\s*(#.*)?$/.test(one));
        expect(entries.size + faults.length > 0).toBe(spoken.length > 0);
      }),
    );
  });

  it("reads what dotenv reads in a file without faults", () => {
    const line = fc.oneof(fc.constantFrom("A=1", "B='x\ny'", "# c", "", 'C="z" # c', "D=a#b"), fc.string({ unit: "binary-ascii" }));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { entries, faults } = parseEnvFile("f", lines.join("\n"));
        fc.pre(faults.length === 0);
        expect(Object.fromEntries([...entries].map(([key, { value }]) => [key, value]))).toEqual(parse(lines.join("\n")));
      }),
    );
  });
});
