import type { ContainerInspect } from "../../provider/resources/container-api";
import { exitReason } from "../../provider/resources/container-failure";

const ended = (State: object): ContainerInspect =>
  ({ State: { ExitCode: 137, OOMKilled: false, Error: "", ...State } }) as ContainerInspect;

describe("the reason of an exit", () => {
  it.each([
    ["exit code 137, killed because it was out of memory", { OOMKilled: true }],
    ["exit code 137", {}],
    ["exit code 1", { ExitCode: 1 }],
    ["exit code 127, exec: no such file", { ExitCode: 127, Error: "exec: no such file" }],
  ])("is %s", (reason, state) => {
    expect(exitReason(ended(state))).toBe(reason);
  });
});
