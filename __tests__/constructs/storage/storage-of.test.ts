import { MySql, storageOf } from "../../../constructs";
import { container, shopImage, synth } from "../synth";

const prepared = (text: string) => {
  const json = synth((stack) => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256, storage: storageOf(text) }));
  return container(json, "Database/Data/Prepare/Resource");
};

describe("storageOf", () => {
  it("is a volume, a directory of the host, or one on a file system of its own", () => {
    expect(prepared("volume")["mounts"]).toMatchObject([{ type: "volume" }]);
    expect(prepared("/srv/data/mysql")["volumes"]).toMatchObject([{ host_path: "/srv/data/mysql" }]);
    expect(prepared("mounted:/srv/data/mysql")).toMatchObject({
      mounts: [{ type: "bind", source: "/srv/data", target: "/layout" }],
      command: ["/srv/data", "mysql", "999:999", "0750", "0", "0", "nodev", "nosuid", "noexec"],
    });
  });
});
