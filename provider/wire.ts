import { decode, encode, ExtData, ExtensionCodec } from "@msgpack/msgpack";
import { conform, emptyBlockValue } from "./conform";
import type { Block } from "./schema";
import { isObject, UNKNOWN, type ObjectValue, type Value } from "./value";

const UNKNOWN_EXTENSION = 0;
const REFINED_UNKNOWN_EXTENSION = 12;

const extensionCodec = new ExtensionCodec();
for (const type of [UNKNOWN_EXTENSION, REFINED_UNKNOWN_EXTENSION]) {
  extensionCodec.register({ type, encode: () => null, decode: () => UNKNOWN });
}

/**
 * Reads an object as Terraform sends it: msgpack, every attribute of the schema present, `null` for "no object".
 * @throws Error when the bytes are not of the schema
 */
export function decodeObject(bytes: Uint8Array, block: Block): ObjectValue | null {
  if (bytes.length === 0) return null;
  return conform(decode(bytes, { extensionCodec }), block);
}

/** Writes an object for Terraform. Attributes that are missing are written as `null`, missing blocks as none. */
export function encodeObject(value: ObjectValue | null, block: Block): Uint8Array {
  if (value === null) return encode(null);
  return encode(toWire({ ...emptyBlockValue(block), ...value }), { extensionCodec });
}

function toWire(value: Value): unknown {
  if (value === UNKNOWN) return new ExtData(UNKNOWN_EXTENSION, Uint8Array.of(0));
  if (Array.isArray(value)) return (value as readonly Value[]).map(toWire);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, toWire(part)]));
}
