export interface Entry {
  readonly id: number;
  readonly name: string;
  readonly message: string;
  /** ISO 8601 in UTC, with milliseconds. */
  readonly createdAt: string;
}

/** What a visitor sends; checked and trimmed. */
export type Draft = Pick<Entry, "name" | "message">;

export const NAME_LENGTH = 80;
export const MESSAGE_LENGTH = 1000;

/** A draft that cannot become an entry. The text is meant for the visitor. */
export class InvalidDraft extends Error {
  override readonly name = "InvalidDraft";

  constructor(
    readonly field: keyof Draft,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Trims and checks what a visitor sent. Lengths count characters (code points), as MySQL does.
 *
 * @throws InvalidDraft for the first field that is missing, too long or not plain text
 */
export function parseDraft(input: Readonly<Record<string, unknown>>): Draft {
  const name = field(input, "name", NAME_LENGTH);
  if (/\p{Cc}/u.test(name)) throw new InvalidDraft("name", "name must be one line of plain text");
  const message = field(input, "message", MESSAGE_LENGTH);
  if (/[^\P{Cc}\n\t]/u.test(message)) throw new InvalidDraft("message", "message must be plain text");
  return { name, message };
}

function field(input: Readonly<Record<string, unknown>>, key: keyof Draft, limit: number): string {
  const value = input[key] ?? "";
  if (typeof value !== "string") throw new InvalidDraft(key, `${key} must be text, got ${typeof value}`);
  // Browsers send CRLF for every line break of a textarea: counted as one character.
  const text = value.replace(/\r\n?/g, "\n").trim();
  const length = Array.from(text).length;
  if (length < 1 || length > limit) {
    throw new InvalidDraft(key, `${key} must have 1 to ${String(limit)} characters, got ${String(length)}`);
  }
  // A lone surrogate is no character: the database would refuse the whole row.
  return Buffer.from(text, "utf8").toString("utf8");
}
