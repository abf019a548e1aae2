import type { MessageInitShape } from "@bufbuild/protobuf";
import type { DynamicValueSchema } from "../gen/provider_pb";
import type { Block } from "../schema";
import type { ObjectValue } from "../value";
import { decodeObject, encodeObject } from "../wire";

/** A value as a message carries it. */
export type Dynamic = MessageInitShape<typeof DynamicValueSchema>;

/** Packs an object into a message. */
export function pack(value: ObjectValue | null, block: Block): Dynamic {
  return { msgpack: encodeObject(value, block) };
}

/** Unpacks an object; `null` when there is none. */
export function unpackOptional(value: Dynamic | undefined, block: Block): ObjectValue | null {
  return decodeObject(value?.msgpack ?? new Uint8Array(), block);
}

/** Unpacks an object that must be there. */
export function unpack(value: Dynamic | undefined, block: Block): ObjectValue {
  const object = unpackOptional(value, block);
  if (object === null) throw new TypeError("a message of terraform must hold an object, got none");
  return object;
}
