import { HostLayout, MySql, Service, Health, type Storage } from "../../../constructs";
import { address, container, inStack, reachable, shopImage, synth, type TerraformJson } from "../synth";

const database = (storage: Storage): TerraformJson =>
  synth((stack) => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256, storage }));

const mountsOf = (json: TerraformJson, path: string) => container(json, path)["mounts"] as { target: string }[];

describe("HostLayout", () => {
  it("gives MySQL a directory of data that must be there, after a job has looked at the file system and made it", () => {
    const json = database(new HostLayout().data("mysql"));
    expect(mountsOf(json, "Database/Resource")).toContainEqual({
      type: "bind",
      source: "/srv/data/mysql",
      target: "/var/lib/mysql",
      read_only: false,
    });
    expect(container(json, "Database/Resource")).not.toHaveProperty("volumes");
    expect(container(json, "Database/Data/Prepare/Resource")).toMatchObject({
      command: ["/srv/data", "mysql", "999:999", "0750", "0", "0", "nodev", "nosuid", "noexec"],
      mounts: [{ type: "bind", source: "/srv/data", target: "/layout", read_only: false }],
      network_mode: "none",
      capabilities: [{ add: ["CAP_CHOWN", "CAP_FOWNER"], drop: ["ALL"] }],
    });
    expect(container(json, "Database/Data/Prepare/Resource")).not.toHaveProperty("volumes");
    expect(reachable(json, address(json, "docker_container", "Database/Resource"))).toContain(
      address(json, "docker_container", "Database/Data/Prepare/Resource"),
    );
  });

  it("lets containers read svc and write logs, wherever they lie, and looks at no file system where none is to be mounted", () => {
    const layout = new HostLayout({ svc: "/svc", logs: "/var/log/tiers", mounted: false });
    const json = synth((stack) => {
      const image = shopImage();
      const { workload } = new Service(stack, "Shop", { image, memoryMiB: 64, health: Health.command(["true"]) });
      layout.svc("shop").mountInto(stack, workload, { id: "Code", target: "/app", image });
      layout.logs("shop").mountInto(stack, workload, { id: "Logs", target: "/var/log/shop", image });
    });
    expect(mountsOf(json, "Shop/Replica1")).toEqual([
      { type: "bind", source: "/svc/shop", target: "/app", read_only: true },
      { type: "bind", source: "/var/log/tiers/shop", target: "/var/log/shop", read_only: false },
    ]);
    expect(container(json, "Code/Prepare/Resource")).toMatchObject({
      command: ["/svc", "shop", "0:0", "0755", "0", "0"],
      volumes: [{ host_path: "/svc", container_path: "/layout", read_only: false }],
    });
    expect(container(json, "Logs/Prepare/Resource")["command"]).toEqual(["/var/log/tiers", "shop", "1000:1000", "0750", "0", "0"]);
  });

  it("wants no devices and no set-uid programs anywhere, and programs in svc alone", () => {
    const layout = new HostLayout();
    const json = synth((stack) => {
      const image = shopImage();
      const { workload } = new Service(stack, "Shop", { image, memoryMiB: 64, health: Health.command(["true"]) });
      for (const part of ["svc", "logs", "data"] as const)
        layout[part]("shop").mountInto(stack, workload, { id: part, target: `/${part}`, image });
    });
    const command = (id: string) => container(json, `${id}/Prepare/Resource`)["command"];
    expect(command("svc")).toEqual(["/srv/svc", "shop", "0:0", "0755", "0", "0", "nodev", "nosuid"]);
    expect(command("logs")).toEqual(["/srv/logs", "shop", "1000:1000", "0750", "0", "0", "nodev", "nosuid", "noexec"]);
    expect(command("data")).toEqual(["/srv/data", "shop", "1000:1000", "0750", "0", "0", "nodev", "nosuid", "noexec"]);
  });

  it("lets the job look for a quota, of a project that is the directory's own", () => {
    const quotaOf = (name: string) =>
      (container(database(new HostLayout().data(name, { quotaMiB: 2048 })), "Database/Data/Prepare/Resource")["command"] as string[]).slice(
        4,
        6,
      );
    expect(quotaOf("mysql")).toEqual(["2048", expect.stringMatching(/^[1-9][0-9]{5,9}$/)]);
    expect(quotaOf("mysql")).toEqual(quotaOf("mysql"));
    expect(quotaOf("mariadb")).not.toEqual(quotaOf("mysql"));
  });

  it.each([
    [
      new HostLayout({ data: "/var" }).data("mysql"),
      'HOST_PATH: file system must not be a path of the system, got "/var"; use "/srv/data/mysql"',
    ],
    [
      new HostLayout().data("../mysql"),
      'HOST_PATH: directory in /srv/data must be one name of lower-case letters, digits, "-", "_" and ".", got "../mysql"; use "mysql"',
    ],
    [
      new HostLayout().data("mysql", { quotaMiB: 0.5 }),
      "STORAGE_QUOTA: quotaMiB must be a whole number of 1 to 1073741824, got 0.5; use 10240",
    ],
  ])("fails for a path of the system, a name that leaves the file system, and a quota of no size", (storage, message) => {
    expect(() => database(storage)).toThrow(new Error(`${message} (at dev/Database)`));
  });

  it("fails where two nouns would write to one directory", () => {
    const build = () =>
      inStack((stack) => {
        for (const id of ["One", "Two"])
          new MySql(stack, id, { image: shopImage(), memoryMiB: 256, storage: new HostLayout().data("mysql") });
      });
    expect(build).toThrow(
      new Error(
        'HOST_PATH: host directory must be one construct\'s, got "/srv/data/mysql" of dev/One too; change one of them (at dev/Two)',
      ),
    );
  });
});
