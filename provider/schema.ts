import type { Value } from "./value";

/** The type of an attribute, written as Terraform's type JSON writes it. */
export type AttributeType =
  | "string"
  | "number"
  | "bool"
  | readonly ["list" | "set" | "map", AttributeType]
  | readonly ["object", { readonly [name: string]: AttributeType }];

/** What Terraform and the planner need to know about one attribute. */
export interface Attribute {
  readonly type: AttributeType;
  /** The type as attributes of their own, which is how the public provider announces some lists of objects. */
  readonly nested?: { readonly nesting: "list"; readonly attributes: { readonly [name: string]: Attribute } };
  readonly required?: true;
  readonly optional?: true;
  /** The provider chooses the value where the configuration sets none. */
  readonly computed?: true;
  readonly sensitive?: true;
  /** A change replaces the object. */
  readonly forceNew?: true;
  /** Filled into the plan where the configuration sets none. */
  readonly default?: string | number | boolean;
  readonly description?: string;
  /** Values that mean the same (`90s` and `1m30s`): a change between them is no change. Both are known and not null. */
  readonly equal?: (prior: Value, planned: Value) => boolean;
  /** Says what is wrong with a known, non-null value (`must be ..., got ...`), or nothing. */
  readonly validate?: (value: Value) => string | undefined;
  /** Attributes or blocks of the same level that may not be set together with this one. */
  readonly conflictsWith?: readonly string[];
}

/** Attributes and nested blocks by name. */
export interface Block {
  readonly attributes: { readonly [name: string]: Attribute };
  readonly blocks?: { readonly [name: string]: NestedBlock };
}

/** A block inside a block. Lists and sets of blocks are arrays of objects, a `single` one is an object or `null`. */
export interface NestedBlock extends Block {
  readonly nesting: "list" | "set" | "single";
  readonly min?: number;
  readonly max?: number;
  /** A change replaces the object, whatever is changed inside. */
  readonly forceNew?: true;
  /** The provider chooses the blocks where the configuration has none. */
  readonly computed?: true;
  /** As {@link Attribute.equal}, over the whole list of blocks. */
  readonly equal?: (prior: Value, planned: Value) => boolean;
  readonly conflictsWith?: readonly string[];
}

/** The schema of a resource, a data source or the provider. */
export interface ResourceSchema extends Block {
  readonly version: number;
}

/** The label blocks that container, network and volume share. */
export const LABELS = {
  nesting: "set",
  forceNew: true,
  attributes: {
    label: { type: "string", required: true, forceNew: true, description: "Name of the label." },
    value: { type: "string", required: true, forceNew: true, description: "Value of the label." },
  },
} as const satisfies NestedBlock;
