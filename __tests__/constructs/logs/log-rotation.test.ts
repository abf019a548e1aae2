import { Health, HostLayout, LogRotation, Service, Storage, type LogRotationProps } from "../../../constructs";
import { address, container, reachable, shopImage, synth, type TerraformJson } from "../synth";

type Options = Partial<Pick<LogRotationProps, "maxSizeMiB" | "maxFiles" | "intervalSeconds">>;

function rotated(storage: Storage, options: Options = {}): TerraformJson {
  return synth((stack) => {
    const image = shopImage();
    const user = { uid: 1234, gid: 1234 };
    const shop = new Service(stack, "Shop", { image, memoryMiB: 64, user, health: Health.command(["true"]) });
    new LogRotation(stack, "Logs", { of: shop, storage, target: "/var/log/shop", image, ...options });
  });
}

describe("LogRotation", () => {
  it("gives the writer's directory to a container of its user without a network, after the job that makes it", () => {
    const json = rotated(new HostLayout().logs("shop"), { maxSizeMiB: 20, maxFiles: 5 });
    const mount = { type: "bind", source: "/srv/logs/shop", target: "/var/log/shop", read_only: false };
    expect(container(json, "Shop/Replica1")["mounts"]).toEqual([mount]);
    expect(container(json, "Logs/Rotate/Replica1")).toMatchObject({
      mounts: [mount],
      user: "1234:1234",
      network_mode: "none",
      command: ["/var/log/shop", "20480", "4", "10"],
    });
    expect(reachable(json, address(json, "docker_container", "Logs/Rotate/Replica1"))).toContain(
      address(json, "docker_container", "Logs/Directory/Prepare/Resource"),
    );
  });

  it.each<[string, Options, string]>([
    ["a size of nothing", { maxSizeMiB: 0 }, "maxSizeMiB must be a whole number of 1 to 1048576, got 0; use 10"],
    ["one file", { maxFiles: 1 }, "maxFiles must be a whole number of 2 to 1000, got 1; use 3"],
    ["no pause", { intervalSeconds: 0 }, "intervalSeconds must be a whole number of 1 to 3600, got 0; use 10"],
  ])("fails for %s", (_, options, message) => {
    expect(() => rotated(Storage.volume(), options)).toThrow(`LOG_DRIVER: ${message}`);
  });

  it("fails for memory, which two cannot share", () => {
    expect(() => rotated(Storage.tmpfs(16))).toThrow(
      `MOUNT: storage at /var/log/shop must be a volume or a directory that is written, got none; use Storage.volume() (at dev/Shop)`,
    );
  });
});
