import type { TerraformStack } from "cdktf";
import { Health, Service } from "../../constructs";
import { container, inFolder, newStack, shopImage, synth, written } from "./synth";

const service = (stack: TerraformStack): Service =>
  new Service(stack, "Shop", { image: shopImage(), memoryMiB: 64, health: Health.http("/") });

describe("Container", () => {
  it("is the same at each synth of one tree", () => {
    inFolder((folder) => {
      const stack = newStack(folder);
      service(stack);
      expect(written(folder, stack)).toBe(written(folder, stack));
    });
  });

  it("never removes anonymous volumes, never swaps, and always says how it logs: what the public provider would do by itself", () => {
    expect(container(synth(service, { provider: "kreuzwerker" }), "Shop/Replica1")).toMatchObject({
      remove_volumes: false,
      memory_swap: 64,
      log_driver: "json-file",
      log_opts: { "max-size": "10m" },
      destroy_grace_seconds: 10,
      stop_timeout: 10,
    });
    expect(container(synth(service), "Shop/Replica1")).not.toHaveProperty("cpus");
  });

  it("fails for HCL, which is rendered by another way", () => {
    process.env["SYNTH_HCL_OUTPUT"] = "true";
    try {
      expect(() => synth(service)).toThrow(
        new Error("HCL_OUTPUT: containers must be synthesised to JSON, got --hcl; leave the flag out (at dev/Shop/Replica1)"),
      );
    } finally {
      delete process.env["SYNTH_HCL_OUTPUT"];
    }
  });
});
