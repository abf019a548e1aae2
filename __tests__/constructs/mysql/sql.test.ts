import fc from "fast-check";
import { account, grantPattern, identifier, text } from "../../../constructs/mysql/sql";
import { HOSTILE, hostileText } from "../../hostile-texts";

/** What a server makes of a quoted string: the rest after its end must be nothing. */
const unquoted = (quoted: string, quote: string, escapes: boolean): string => {
  const inner = quoted.slice(1, -1);
  const pattern = escapes ? /\\([^])|([^\\'])/gy : /``|[^`]/gy;
  const parts = [...inner.matchAll(pattern)];
  expect(parts.map(([whole]) => whole).join("")).toBe(inner);
  expect([quoted[0], quoted.at(-1)]).toEqual([quote, quote]);
  return parts.map(([whole, escaped, plain]) => (escapes ? (escaped ?? plain) : whole === "``" ? "`" : whole)).join("");
};

describe("quoting in SQL", () => {
  it("gives back any text as it was, which nothing in it can end", () => {
    const holds = (given: string): void => {
      expect(unquoted(text(given), "'", true)).toBe(given);
      expect(unquoted(identifier(given), "`", false)).toBe(given);
    };
    HOSTILE.forEach(holds);
    fc.assert(fc.property(hostileText, holds));
  });

  it("lets the wildcards of a grant stand for themselves", () => {
    expect(grantPattern("sales_2026%\\")).toBe("sales\\_2026\\%\\\\");
    expect(account("o'neill")).toBe("'o\\'neill'@'%'");
  });
});
