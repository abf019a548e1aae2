import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { BridgeNetwork, Health, Service, type ServiceProps, WebTier, type WebTierProps } from "../../constructs";
import { address, container, inFolder, inStack, reachable, resource, resources, shopImage, synth, type TerraformJson } from "./synth";

const service = (stack: TerraformStack, id = "Shop", props: Partial<ServiceProps> = {}): Service =>
  new Service(stack, id, { image: shopImage(), memoryMiB: 64, health: Health.http("/"), port: 3000, ...props });

const tier = (stack: TerraformStack, props: Partial<WebTierProps> = {}): WebTier =>
  new WebTier(stack, "Web", { image: shopImage(), memoryMiB: 64, ...props });

const front = (props: Partial<WebTierProps> = {}): TerraformJson =>
  synth((stack) => tier(stack, { routes: { "/": service(stack, "Shop", { network: new BridgeNetwork(stack, "Edge") }) }, ...props }));

const config = (json: TerraformJson): string => {
  const [upload] = container(json, "Web/Config/Loader")["upload"] as { content: string }[];
  return upload?.content ?? "";
};

const fails = (props: (stack: TerraformStack) => Partial<WebTierProps>) => () => inStack((stack) => tier(stack, props(stack)));

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

  it.each<[string, (stack: TerraformStack) => Partial<WebTierProps>, string]>([
    [
      "nothing to serve",
      () => ({}),
      'WEB_TIER_EMPTY: web tier must serve something, got neither routes nor a site; add routes: { "/": service } (at dev/Web)',
    ],
    [
      "a site and a route at the root",
      (stack) => ({ site: ".", routes: { "/": service(stack) } }),
      'WEB_TIER_ROUTE: one thing must answer "/", got a site and a route; move the route to "/app" (at dev/Web)',
    ],
    [
      "a final slash",
      (stack) => ({ routes: { "/api/": service(stack) } }),
      'WEB_TIER_ROUTE: route must be a path without a final slash, got "/api/"; use "/api" (at dev/Web)',
    ],
    [
      "a path that would be configuration",
      (stack) => ({ routes: { "/a { }": service(stack) } }),
      'WEB_TIER_ROUTE: route must be a path without a final slash, got "/a { }"; use "/api" (at dev/Web)',
    ],
    [
      "a service without a network",
      (stack) => ({ routes: { "/": service(stack) } }),
      "WEB_TIER_ROUTE: dev/Shop must be on a network, got none; set its network (at dev/Web)",
    ],
    [
      "a service without a port",
      (stack) => ({
        routes: {
          "/": new Service(stack, "Shop", {
            image: shopImage(),
            memoryMiB: 64,
            health: Health.http("/"),
            network: new BridgeNetwork(stack, "Edge"),
          }),
        },
      }),
      "WEB_TIER_ROUTE: dev/Shop must serve a port, got none; set its port (at dev/Web)",
    ],
    [
      "a port that is none",
      (stack) => ({
        routes: { "/": service(stack, "Shop", { network: new BridgeNetwork(stack, "Edge") }) },
        publish: { port: 70_000 },
      }),
      "PORT: port must be a whole number of 1 to 65535, got 70000; use 8080 (at dev/Web)",
    ],
  ])("fails for %s", (_what, props, message) => {
    expect(fails(props)).toThrow(new Error(message));
  });
});
