import type { Attribute, AttributeType } from "../schema";

type Details = Omit<Attribute, "type" | "required" | "optional" | "computed">;

/** Must be configured. */
export function required(type: AttributeType, details: Details = {}): Attribute {
  return { type, required: true, ...details };
}

/** May be configured; unset means unset. */
export function optional(type: AttributeType, details: Details = {}): Attribute {
  return { type, optional: true, ...details };
}

/** Known from the daemon only. */
export function computed(type: AttributeType, details: Details = {}): Attribute {
  return { type, computed: true, ...details };
}

/** May be configured; the daemon or the image chooses otherwise. */
export function chosen(type: AttributeType, details: Details = {}): Attribute {
  return { type, optional: true, computed: true, ...details };
}

/** A change replaces the object. */
export const REPLACES = { forceNew: true } as const;

export const TEXTS = ["set", "string"] as const satisfies AttributeType;
export const TEXT_LIST = ["list", "string"] as const satisfies AttributeType;
export const TEXT_MAP = ["map", "string"] as const satisfies AttributeType;
