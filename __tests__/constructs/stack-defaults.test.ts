import type { TerraformStack } from "cdktf";
import { Health, LogDriver, Service, setStackDefaults } from "../../constructs";
import { container, shopImage, synth } from "./synth";

const service = (stack: TerraformStack) => new Service(stack, "Shop", { image: shopImage(), memoryMiB: 64, health: Health.http("/") });

const log = (build: (stack: TerraformStack) => void) => {
  const { log_driver: driver, log_opts: options } = container(synth(build), "Shop/Replica1");
  return { driver, options };
};

describe("setStackDefaults", () => {
  it("reaches containers that were declared before", () => {
    const defaults = { log: LogDriver.jsonFile({ maxSizeMiB: 2, maxFiles: 5 }) };
    const after = log((stack) => {
      service(stack);
      setStackDefaults(stack, defaults);
    });
    expect(after).toEqual({ driver: "json-file", options: { mode: "blocking", "max-size": "2m", "max-file": "5" } });
  });

  it("rotates without being told", () => {
    expect(log(service)).toEqual({ driver: "json-file", options: { mode: "blocking", "max-size": "10m", "max-file": "3" } });
  });

  it("leaves as it is what is not given", () => {
    const after = log((stack) => {
      setStackDefaults(stack, { log: LogDriver.none() });
      setStackDefaults(stack, { environment: "prod" });
      service(stack);
    });
    expect(after).toEqual({ driver: "none", options: {} });
  });
});
