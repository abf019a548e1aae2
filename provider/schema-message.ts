import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  Schema_NestedBlock_NestingMode as Nesting,
  Schema_Object_NestingMode as ObjectNesting,
  type Schema_AttributeSchema,
  type Schema_BlockSchema,
  type SchemaSchema,
} from "./gen/provider_pb";
import type { Attribute, Block, NestedBlock, ResourceSchema } from "./schema";

type BlockMessage = MessageInitShape<typeof Schema_BlockSchema>;
type AttributeMessage = Exclude<MessageInitShape<typeof Schema_AttributeSchema>, { $typeName: string }>;

const NESTING = { list: Nesting.LIST, set: Nesting.SET, single: Nesting.SINGLE } as const;

/** A schema as Terraform's protocol carries it. */
export function schemaMessage(schema: ResourceSchema): MessageInitShape<typeof SchemaSchema> {
  return { version: BigInt(schema.version), block: { ...blockMessage(schema), version: BigInt(schema.version) } };
}

function blockMessage(block: Block): BlockMessage {
  return {
    attributes: sorted(block.attributes).map(([name, attribute]) => attributeMessage(name, attribute)),
    blockTypes: sorted(block.blocks ?? {}).map(([name, nested]) => nestedMessage(name, nested)),
  };
}

function attributeMessage(name: string, attribute: Attribute): AttributeMessage {
  const { required = false, optional = false, computed = false, sensitive = false, description = "" } = attribute;
  return { name, ...typeMessage(attribute), required, optional, computed, sensitive, description };
}

function typeMessage({ type, nested }: Attribute): Pick<AttributeMessage, "type" | "nestedType"> {
  if (!nested) return { type: new TextEncoder().encode(JSON.stringify(type)) };
  const attributes = sorted(nested.attributes).map(([name, attribute]) => attributeMessage(name, attribute));
  return { nestedType: { nesting: ObjectNesting.LIST, attributes } };
}

function nestedMessage(typeName: string, nested: NestedBlock): NonNullable<BlockMessage["blockTypes"]>[number] {
  const { min = 0, max = 0 } = nested;
  return { typeName, block: blockMessage(nested), nesting: NESTING[nested.nesting], minItems: BigInt(min), maxItems: BigInt(max) };
}

function sorted<T>(entries: { readonly [name: string]: T }): [string, T][] {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}
