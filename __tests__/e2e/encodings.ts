/** Every form in which a value could stand in a text: as it is, in JSON, in base64. */
export function encodings(value: string): Record<string, string> {
  const json = inJson(value);
  // Go escapes these three as well, and some encoders the slash.
  const goJson = json.replace(/[<>&]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return {
    plain: value,
    json,
    goJson,
    slashJson: json.replaceAll("/", "\\/"),
    // A document that stands as a text in another one.
    jsonInJson: inJson(json),
    goJsonInJson: inJson(goJson),
    url: encodeURIComponent(value),
    ...Object.fromEntries([0, 1, 2].map((offset) => [`base64+${offset}`, base64Inside(value, offset)])),
    hex: Buffer.from(value).toString("hex"),
  };
}

const inJson = (value: string): string => JSON.stringify(value).slice(1, -1);

/**
 * What the base64 of any text has in common in which the value begins at a byte `offset` beyond a multiple of three: the digits at both
 * ends also hold bits of the neighbours, and are left out.
 */
function base64Inside(value: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const digits = bytes.toString("base64").replace(/=+$/, "");
  const first = [0, 2, 3][offset] ?? 0;
  const last = bytes.length % 3 === 0 ? digits.length : digits.length - 1;
  return digits.slice(first, last);
}
