import { BridgeNetwork, Job, type JobProps } from "../../constructs";
import { container, label, shopImage, synth, type SynthOptions } from "./synth";

const job = (props: Partial<JobProps> = {}, options: SynthOptions = {}) =>
  container(
    synth((stack) => new Job(stack, "Migrate", { image: shopImage(), command: ["migrate"], ...props }), options),
    "Migrate/Resource",
  );

describe("Job", () => {
  it("runs once and is waited for", () => {
    expect(job()).toMatchInlineSnapshot(`
      {
        "attach": true,
        "capabilities": [
          {
            "drop": [
              "ALL",
            ],
          },
        ],
        "command": [
          "migrate",
        ],
        "cpu_period": 100000,
        "cpu_quota": 100000,
        "cpu_shares": 1024,
        "destroy_grace_seconds": 10,
        "env": [],
        "healthcheck": [
          {
            "test": [
              "NONE",
            ],
          },
        ],
        "image": "\${docker_image.Image-shop-591cd6a0.image_id}",
        "init": true,
        "labels": [
          {
            "label": "docker-tiers.config",
            "value": "6ae87239950625f3c744e19daad56c239127dee180cecbc406ffd3d670bb996f",
          },
          {
            "label": "docker-tiers.path",
            "value": "dev/Migrate/Resource",
          },
          {
            "label": "docker-tiers.project",
            "value": "docker-tiers",
          },
          {
            "label": "docker-tiers.stack",
            "value": "dev",
          },
        ],
        "lifecycle": {
          "create_before_destroy": true,
        },
        "log_driver": "json-file",
        "log_opts": {
          "max-file": "3",
          "max-size": "10m",
          "mode": "blocking",
        },
        "memory": 64,
        "memory_swap": 64,
        "mounts": [],
        "must_run": false,
        "name": "dev-migrate-6ae87239",
        "network_mode": "none",
        "pids_limit": 200,
        "ports": [],
        "read_only": true,
        "remove_volumes": false,
        "restart": "no",
        "security_opts": [
          "no-new-privileges:true",
        ],
        "stop_signal": "SIGTERM",
        "stop_timeout": 10,
        "tmpfs": {
          "/tmp": "rw,noexec,nosuid,nodev,size=16m,mode=1777",
        },
        "upload": [],
        "user": "1000:1000",
      }
    `);
  });

  it("fails the deploy unless it ends with 0 by a condition where the provider does not", () => {
    expect(job({}, { provider: "kreuzwerker" })).toMatchObject({
      lifecycle: {
        postcondition: [{ condition: "${self.exit_code == 0}", error_message: "dev/Migrate must exit with 0; docker logs has its output" }],
      },
    });
  });

  it("runs again, under another name, when its configuration changes, and not for another cap", () => {
    expect(job({ command: ["migrate", "--all"] })["name"]).not.toBe(job()["name"]);
    expect(job({ memoryMiB: 128 })["name"]).toBe(job()["name"]);
    expect(job()["name"]).toBe(`dev-migrate-${String(label(job(), "docker-tiers.config")).slice(0, 8)}`);
  });

  it("reaches a network only where it is given one", () => {
    const json = synth((stack) => {
      new Job(stack, "Migrate", { image: shopImage(), command: ["migrate"], network: new BridgeNetwork(stack, "Edge") });
    });
    expect(container(json, "Migrate/Resource")).toMatchObject({ networks_advanced: [{ aliases: [] }] });
    expect(job()).toMatchObject({ network_mode: "none" });
  });
});
