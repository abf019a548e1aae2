import { Construct } from "constructs";
import fc from "fast-check";
import { LABEL } from "../../constructs";
import { identityLabels, labelBlocks } from "../../constructs/labels";
import { inStack } from "./synth";

describe("identityLabels", () => {
  it("say which project, which stack and which construct an object belongs to", () => {
    expect(inStack((stack) => identityLabels(new Construct(new Construct(stack, "Shop"), "Database")))).toEqual({
      [LABEL.project]: "docker-tiers",
      [LABEL.stack]: "dev",
      [LABEL.path]: "dev/Shop/Database",
    });
  });
});

describe("labelBlocks", () => {
  it("are sorted by name and lose nothing", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true }), (labels) => {
        const blocks = labelBlocks(labels);
        expect(Object.fromEntries(blocks.map(({ label, value }) => [label, value]))).toEqual(labels);
        expect(blocks.map(({ label }) => label)).toEqual(Object.keys(labels).sort());
      }),
    );
  });
});
