import { readNeeds } from "../../doctor/stack-reader";
import { fromTerraformJson } from "../../policies/terraform-json";

const json = {
  resource: {
    docker_container: {
      Web: {
        memory: 512,
        log_opts: { "max-size": "512k", "max-file": "4" },
        ports: [
          { internal: 80, external: 8080, ip: "0.0.0.0" },
          { internal: 81, ip: "127.0.0.1" },
        ],
      },
      Database: { memory: 1024, log_opts: { "max-size": "1g", "max-file": "2" }, volumes: [{ host_path: "/srv/data/mysql" }] },
      Endless: { memory: 64 },
      Job: { memory: 4096, must_run: false, log_opts: { "max-size": "1g" } },
    },
    docker_network: {
      Edge: [{ ipam_config: [{ subnet: "10.20.0.0/24" }] }],
      Other: { ipam_config: { subnet: "10.21.0.0/24" } },
      Free: { internal: true },
      Unknown: { ipam_config: [{ subnet: "${var.subnet}" }] },
    },
  },
};

describe("what a stack needs", () => {
  it("is the sum of what stays, and what the networks, ports and directories say", () => {
    const stack = fromTerraformJson(json, "shop", () => undefined);
    expect(stack && readNeeds({ ...stack, hostMemoryMiB: 2048 }, json)).toEqual({
      name: "shop",
      memoryMiB: 1600,
      hostMemoryMiB: 2048,
      logMiB: 2050,
      ports: [{ address: "", port: 8080 }],
      subnets: ["10.20.0.0/24", "10.21.0.0/24"],
      directories: ["/srv/data/mysql"],
    });
  });

  it("is nothing for a stack of nothing", () => {
    const empty = { name: "empty", containers: [], providers: [] };
    expect(readNeeds(empty, {})).toEqual({ name: "empty", memoryMiB: 0, logMiB: 0, ports: [], subnets: [], directories: [] });
  });
});
