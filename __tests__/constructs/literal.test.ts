import { TerraformOutput, Token } from "cdktf";
import fc from "fast-check";
import { literal, literalDeep } from "../../constructs/literal";
import { synth } from "./synth";

/** What Terraform makes of a string without expressions. */
const rendered = (template: string): string => template.replace(/([$%])\1\{/g, "$1{");

const awkward = fc.array(fc.constantFrom("$", "%", "{", "}", '"', "\n", "\\", "a", "${", "%{", "~")).map((parts) => parts.join(""));
const text = fc.oneof(awkward, fc.string({ unit: "grapheme" }));

describe("literal", () => {
  it("is read by Terraform as the very text", () => {
    fc.assert(fc.property(text, (value) => expect(rendered(literal(value))).toBe(value)));
  });

  it("leaves no expression open", () => {
    fc.assert(fc.property(text, (value) => expect(literal(value).replace(/([$%])\1\{/g, "·")).not.toMatch(/[$%]\{/)));
  });

  it("escapes around the tokens of cdktf and leaves these alone", () => {
    const token = Token.asString({ resolve: () => "${docker_image.a.id}" });
    const json = synth((stack) => {
      new TerraformOutput(stack, "out", { value: literal("a ${b} " + token + " %{c} $" + token), staticId: true });
    });
    expect(json.output?.["out"]).toMatchObject({ value: 'a $${b} ${docker_image.a.id} %%{c} ${"$"}${docker_image.a.id}' });
  });

  it("reaches keys and values at every depth, and nothing but strings", () => {
    expect(literalDeep({ "${a}": ["%{b}", 1, true, null, { c: "${d}" }] })).toEqual({ "$${a}": ["%%{b}", 1, true, null, { c: "$${d}" }] });
  });
});
