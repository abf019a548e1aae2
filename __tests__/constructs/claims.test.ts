import { Construct } from "constructs";
import { BridgeNetwork, Health, Job, Redis, Service, Storage } from "../../constructs";
import { shopImage, synth } from "./synth";

const SERVICE = { image: shopImage(), memoryMiB: 64, health: Health.shell("true") };

describe("Claims", () => {
  it("fails for two constructs whose containers would have one name", () => {
    const declare = () =>
      synth((stack) => {
        new Job(new Construct(stack, "Shop"), "Db", { image: shopImage(), command: ["a"] });
        new Job(stack, "ShopDb", { image: shopImage(), command: ["b"] });
      });
    expect(declare).toThrow(
      'CONTAINER_NAME: container name must be one construct\'s, got "dev-shop-db" of dev/Shop/Db/Resource too; change one of them (at dev/ShopDb/Resource)',
    );
  });

  it("fails for two kept volumes of one name: one would get the other's data", () => {
    const declare = () =>
      synth((stack) => {
        for (const scope of [new Construct(stack, "ShopApi"), new Construct(new Construct(stack, "Shop"), "Api")]) {
          const job = new Job(scope, `J${scope.node.path.length}`, { image: shopImage(), command: ["a"] });
          Storage.volume().mountInto(scope, job.workload, { id: "Data", target: "/data", image: shopImage() });
        }
      });
    expect(declare).toThrow(
      /^VOLUME_NAME: volume name must be one construct's, got "dev-shop-api-data" of dev\/ShopApi\/Data\/Resource too/,
    );
  });

  it("fails for two constructs that would write to one directory of the host", () => {
    const declare = () =>
      synth((stack) => {
        new Redis(stack, "Sessions", { memoryMiB: 64, storage: Storage.hostDirectory("/srv/data/redis") });
        new Redis(stack, "Queue", { memoryMiB: 64, storage: Storage.hostDirectory("/srv/data/redis") });
      });
    expect(declare).toThrow(
      'HOST_PATH: host directory must be one construct\'s, got "/srv/data/redis" of dev/Sessions too; change one of them (at dev/Queue)',
    );
  });

  it("fails for two services under one alias on a network, and lets them have it on two", () => {
    const declare = (together: boolean) => () =>
      synth((stack) => {
        const edge = new BridgeNetwork(stack, "Edge");
        new Service(stack, "Blue", { ...SERVICE, network: edge, alias: "shop" });
        new Service(stack, "Green", { ...SERVICE, network: together ? edge : new BridgeNetwork(stack, "Inner"), alias: "shop" });
      });
    expect(declare(true)).toThrow(
      'ALIAS: alias on a network must be one construct\'s, got "shop" of dev/Blue too; change one of them (at dev/Green)',
    );
    expect(declare(false)).not.toThrow();
  });
});
