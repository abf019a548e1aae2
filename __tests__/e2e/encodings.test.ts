import fc from "fast-check";
import { encodings } from "./encodings";

describe("encodings", () => {
  it("are found in every text that holds the value, whatever surrounds it", () => {
    const around = fc.uint8Array({ maxLength: 9 });
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 40 }), around, around, (value, before, after) => {
        const text = Buffer.concat([before, Buffer.from(value), after]).toString("base64");
        const found = Object.entries(encodings(value)).filter(([name, encoded]) => name.startsWith("base64") && text.includes(encoded));
        expect(found.length).toBeGreaterThan(0);
      }),
    );
  });

  it("know how JSON is written by different encoders", () => {
    const { plain, json, goJson, slashJson, jsonInJson, goJsonInJson, url, hex } = encodings('a"<&>/b');
    expect({ plain, json, goJson, slashJson, jsonInJson, goJsonInJson, url, hex }).toEqual({
      plain: 'a"<&>/b',
      json: 'a\\"<&>/b',
      goJson: 'a\\"\\u003c\\u0026\\u003e/b',
      slashJson: 'a\\"<&>\\/b',
      jsonInJson: 'a\\\\\\"<&>/b',
      goJsonInJson: 'a\\\\\\"\\\\u003c\\\\u0026\\\\u003e/b',
      url: "a%22%3C%26%3E%2Fb",
      hex: "61223c263e2f62",
    });
  });
});
