import { stackCommand } from "../../cli/cdktf-command";

describe("the stack that a command of cdktf works on", () => {
  it.each([
    ["deploy dev --auto-approve", { stack: "dev" }],
    ["deploy --auto-approve dev", { stack: "dev" }],
    ["apply dev", { stack: "dev" }],
    ["diff dev --no-color", { stack: "dev" }],
    ["plan dev --refresh-only", { stack: "dev" }],
    ["destroy dev", { stack: "dev" }],
    ["deploy dev --outputs-file out.json --parallelism 2 --terraform-parallelism 5 --var a=b --var c=d --var-file e", { stack: "dev" }],
    ["deploy --outputs-file=out.json dev", { stack: "dev" }],
    ["deploy dev -a program -o elsewhere", { stack: "dev", output: "elsewhere" }],
    ["deploy dev --output elsewhere", { stack: "dev", output: "elsewhere" }],
  ])("is the one named: cdktf %s", (line, expected) => {
    expect(stackCommand(line.split(" "))).toEqual(expected);
  });

  it.each(["", "--help", "deploy", "deploy --auto-approve", "deploy dev staging", "deploy dev prod*", "list", "synth dev", "output dev"])(
    "is none where no single stack is named, or terraform asks no provider: cdktf %s",
    (line) => {
      expect(stackCommand(line.split(" ").filter((word) => word !== ""))).toBeUndefined();
    },
  );

  it("is none where an option may take a value that nobody here knows of", () => {
    expect(stackCommand(["deploy", "dev", "--of-tomorrow", "value"])).toBeUndefined();
  });
});
