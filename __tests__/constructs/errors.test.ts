import { Construct } from "constructs";
import { ConstructError } from "../../constructs";
import { inStack } from "./synth";

describe("ConstructError", () => {
  it("says code, fault and construct, and keeps its cause", () => {
    const cause = new Error("why");
    const error = inStack((stack) => new ConstructError("CODE", "a must be b, got c; use d", new Construct(stack, "Shop"), { cause }));
    expect(error).toMatchObject({ code: "CODE", message: "CODE: a must be b, got c; use d (at dev/Shop)", name: "ConstructError", cause });
  });
});
