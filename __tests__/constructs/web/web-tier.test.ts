import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BridgeNetwork, type ServiceProps } from "../../../constructs";
import { address, container, inFolder, inStack, reachable, resource, resources, synth } from "../synth";
import { config, front, service, tier } from "./declared";

describe("WebTier", () => {
  it("is nginx with nothing but its configuration, memory and a port on loopback", () => {
    const { healthcheck, labels, ...rest } = container(front({ publish: { port: 8080 } }), "Web/Resource");
    expect(rest).toMatchInlineSnapshot(`
      {
        "capabilities": [
          {
            "drop": [
              "ALL",
            ],
          },
        ],
        "command": [
          "-c",
          "/etc/docker-tiers/nginx.conf",
          "-g",
          "daemon off;",
        ],
        "cpu_period": 100000,
        "cpu_quota": 100000,
        "cpu_shares": 1024,
        "depends_on": [
          "docker_container.Web_Config_Loader_1CF9AF1F",
        ],
        "destroy_grace_seconds": 10,
        "entrypoint": [
          "nginx",
        ],
        "env": [],
        "image": "\${docker_image.Image-shop-591cd6a0.image_id}",
        "init": true,
        "log_driver": "json-file",
        "log_opts": {
          "max-file": "3",
          "max-size": "10m",
          "mode": "blocking",
        },
        "memory": 64,
        "memory_swap": 64,
        "mounts": [
          {
            "read_only": true,
            "source": "\${docker_volume.Web_Config_Volume_AE1B3C9E.name}",
            "target": "/etc/docker-tiers",
            "type": "volume",
          },
        ],
        "must_run": true,
        "name": "dev-web",
        "networks_advanced": [
          {
            "aliases": [],
            "name": "\${docker_network.Edge_7038544F.name}",
          },
          {
            "aliases": [],
            "name": "\${docker_network.Web_Front_A651CDDB.name}",
          },
        ],
        "pids_limit": 200,
        "ports": [
          {
            "external": 8080,
            "internal": 8080,
            "ip": "127.0.0.1",
            "protocol": "tcp",
          },
        ],
        "read_only": true,
        "remove_volumes": false,
        "restart": "unless-stopped",
        "security_opts": [
          "no-new-privileges:true",
        ],
        "stop_signal": "SIGQUIT",
        "stop_timeout": 10,
        "tmpfs": {
          "/run": "rw,noexec,nosuid,nodev,size=1m,mode=0755,uid=101,gid=101",
          "/tmp": "rw,noexec,nosuid,nodev,size=1m,mode=1777",
          "/var/cache/nginx": "rw,noexec,nosuid,nodev,size=8m,mode=0755,uid=101,gid=101",
        },
        "upload": [],
        "user": "101:101",
        "wait": true,
        "wait_timeout": 35,
      }
    `);
    expect(labels).toContainEqual({ label: "docker-tiers.path", value: "dev/Web/Resource" });
    expect(healthcheck).toMatchObject([{ interval: "2s", start_period: "5s" }]);
  });

  it("has a network that is not internal only where it publishes", () => {
    expect(resource(front({ publish: { port: 8080 } }), "docker_network", "Web/Front/Resource")).toMatchObject({
      internal: false,
      options: { "com.docker.network.bridge.enable_ip_masquerade": "false" },
    });
    expect(Object.values(resources(front(), "docker_network")).map(({ internal }) => internal)).toEqual([true]);
    expect(container(front(), "Web/Resource")["ports"]).toEqual([]);
  });

  it("refers to no replica: it finds them by their alias, whenever they are there", () => {
    const json = front();
    expect(reachable(json, address(json, "docker_container", "Web/Resource"))).not.toContain(
      address(json, "docker_container", "Shop/Replica1"),
    );
  });

  it("is unchanged by what happens behind it", () => {
    const behind = (props: Partial<ServiceProps>) =>
      container(
        synth((stack) => tier(stack, { routes: { "/": service(stack, "Shop", { network: new BridgeNetwork(stack, "Edge"), ...props }) } })),
        "Web/Resource",
      );
    expect(behind({ replicas: 4, memoryMiB: 128, environment: { A: "1" } })).toEqual(behind({}));
  });

  it("has the same configuration in whatever order routes are given", () => {
    const routes = (order: readonly string[]) =>
      config(
        synth((stack) => {
          const network = new BridgeNetwork(stack, "Edge");
          const services = { "/": service(stack, "Shop", { network }), "/api": service(stack, "Api", { network }) };
          tier(stack, { routes: Object.fromEntries(Object.entries(services).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))) });
        }),
      );
    expect(routes(["/", "/api"])).toBe(routes(["/api", "/"]));
  });

  it("serves the files of a directory from a volume", () => {
    inFolder((folder) => {
      writeFileSync(join(folder, "index.html"), "<h1>hello</h1>");
      const json = synth((stack) => tier(stack, { site: folder }));
      expect(container(json, "Web/Site/Loader")["upload"]).toMatchObject([{ file: "/config/index.html" }]);
      expect(config(json)).toContain("root /usr/share/nginx/site;");
    });
  });

  it.each([
    [undefined, "http://127.0.0.1:8080/"],
    ["0.0.0.0", "http://localhost:8080/"],
    ["::", "http://localhost:8080/"],
    ["::1", "http://[::1]:8080/"],
    ["10.0.0.5", "http://10.0.0.5:8080/"],
  ])("published on %p is found at %p", (host, url) => {
    const publish = { port: 8080, ...(host === undefined ? {} : { address: host }) };
    inStack((stack) =>
      expect(tier(stack, { routes: { "/": service(stack, "Shop", { network: new BridgeNetwork(stack, "Edge") }) }, publish }).url).toBe(
        url,
      ),
    );
  });
});
