import { JOB, LOCAL_PORT, attributes, ports, type Cases } from "./setups";

/** Who reaches a container, and whose namespaces it shares. */
export const exposure: Readonly<Record<string, Cases>> = {
  "CIS-5.8": {
    passes: [ports(LOCAL_PORT, { ...LOCAL_PORT, external: 1024 })],
    fails: [
      [
        ports({ ...LOCAL_PORT, external: 443 }),
        'published port of the host must be 1024 or above, got 443; set WEB_PORT or publish.port, or allow("CIS-5.8", ...) for a site that browsers find at 80 or 443',
      ],
    ],
  },
  "CIS-5.9": {
    passes: [ports(LOCAL_PORT)],
    fails: [
      [
        attributes({ publish_all_ports: true }),
        "only ports that are named must be published, got publish_all_ports = true; leave publish_all_ports out and use publish",
      ],
    ],
  },
  "CIS-5.10": {
    passes: [attributes({ network_mode: "none" })],
    fails: [
      [
        attributes({ network_mode: "host" }),
        "container must have a network of its own, got network_mode = host; use network: new BridgeNetwork(...)",
      ],
    ],
  },
  "CIS-5.14": {
    passes: [ports(LOCAL_PORT, { ...LOCAL_PORT, ip: "::1" })],
    fails: [
      [
        ports({ ...LOCAL_PORT, ip: undefined }),
        "published port must name the interface that it listens on, got no address for port 8080; set WEB_BIND_ADDRESS or publish.address to an address of the host",
      ],
      [
        ports({ ...LOCAL_PORT, ip: "0.0.0.0" }, { ...LOCAL_PORT, ip: "::" }),
        "published port must name the interface that it listens on, got 0.0.0.0 for port 8080; set WEB_BIND_ADDRESS or publish.address to an address of the host",
        "published port must name the interface that it listens on, got :: for port 8080; set WEB_BIND_ADDRESS or publish.address to an address of the host",
      ],
    ],
  },
  "CIS-5.16": {
    passes: [attributes({ pid_mode: "" })],
    fails: [[attributes({ pid_mode: "host" }), "container must have processes of its own, got pid_mode = host; leave pid_mode out"]],
  },
  "CIS-5.17": {
    passes: [attributes({ ipc_mode: "private" })],
    fails: [[attributes({ ipc_mode: "host" }), "container must have shared memory of its own, got ipc_mode = host; leave ipc_mode out"]],
  },
  "CIS-5.30": {
    passes: [
      attributes(JOB),
      attributes({ network_mode: "bridge" }),
      attributes({ networks_advanced: undefined, dynamic: { networks_advanced: {} } }),
    ],
    fails: [
      [
        attributes({ networks_advanced: [], network_mode: "bridge" }),
        "container must not be on the engine's default network, got network_mode = bridge; set network to a BridgeNetwork, or leave it out for none",
      ],
      [
        attributes({ networks_advanced: undefined }),
        "container must not be on the engine's default network, got no network_mode; set network to a BridgeNetwork, or leave it out for none",
      ],
      [
        attributes({ networks_advanced: [{ name: "bridge" }] }),
        "container must not be on the engine's default network, got network bridge; set network to a BridgeNetwork, or leave it out for none",
      ],
    ],
  },
  "CIS-5.31": {
    passes: [attributes({ userns_mode: "" })],
    fails: [
      [
        attributes({ userns_mode: "host" }),
        "container must keep the engine's user namespace, got userns_mode = host; leave userns_mode out",
      ],
    ],
  },
  "TIERS-ADDRESS": {
    passes: [
      attributes({ host: [{ host: "host.docker.internal", ip: "host-gateway" }] }),
      attributes({
        env: [
          "SUBNET=10.0.0.0/24",
          "BIND=127.0.0.1:80",
          "ANY=0.0.0.0",
          "DNS=8.8.8.8",
          "APP_VERSION=10.2.3.4",
          "DB_HOST=prod-database",
          "RANGE=fd00::/8",
          "AT=::1",
          "TIME=10:20:30",
        ],
        command: ["--listen=0.0.0.0:80", "--trusted=10.0.0.0/8", "sh", "-c", "curl 10.0.0.1"],
      }),
    ],
    fails: [
      [
        attributes({
          host: [{ host: "db", ip: "172.18.0.5" }],
          networks_advanced: [{ name: "edge", ipv4_address: "10.20.0.9" }],
          env: ["DB_HOST=10.20.0.3", "CACHE_URL=redis://:x@192.168.1.4:6379/0", "PEER=fd00:20::3", "QUEUE=amqp://[fd00:20::4]:5672"],
          entrypoint: ["worker", "10.20.0.4:80"],
          command: ["--database=mysql://u:p@10.20.0.3/shop", "--verbose"],
        }),
        ...[
          "host entry db = 172.18.0.5",
          "fixed address 10.20.0.9",
          "10.20.0.3 in env DB_HOST",
          "redis://192.168.1.4:6379/0 in env CACHE_URL",
          "fd00:20::3 in env PEER",
          "amqp://[fd00:20::4]:5672 in env QUEUE",
          "10.20.0.4:80 in entrypoint",
          "mysql://10.20.0.3/shop in command",
        ].map(
          (got) =>
            `containers must be known by name, not by address, got ${got}; use the alias of the service on a shared network, such as by allowFrom, or a StaticAddress with its reason`,
        ),
      ],
    ],
  },
  "TIERS-PUBLISH": {
    passes: [ports(LOCAL_PORT)],
    fails: [
      [
        ports({ ...LOCAL_PORT, external: undefined }),
        "published port must name the port of the host, got none for port 8080; set publish.port",
      ],
      [ports({ ...LOCAL_PORT, external: 0 }), "published port must name the port of the host, got none for port 8080; set publish.port"],
    ],
  },
};
