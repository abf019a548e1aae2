import { JOB, LOADER, LOCAL_PORT, attributes, ports, type Cases } from "./setups";

const base64 = (text: string): string => Buffer.from(text, "latin1").toString("base64");
const addressed = (...all: readonly string[]): string[] =>
  all.map(
    (got) =>
      `containers must be known by name, not by address, got ${got}; use the alias of the service on a shared network, such as by allowFrom, or a StaticAddress with its reason`,
  );

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
          "IMAGE=registry.example/app:10.2.3.4",
          "NO_PROXY=localhost,10.2.3.4",
          "DB_HOST=prod-database",
          "RANGE=fd00::/8",
          "AT=::1",
          "TIME=10:20:30",
        ],
        command: ["--listen=0.0.0.0:80", "--trusted=10.0.0.0/8", "--app-version", "10.2.3.4", "sh", "-c", "curl http://127.0.0.1"],
        healthcheck: [{ test: ["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:3000/healthz"] }],
      }),
      attributes({
        ...LOADER,
        upload: [
          { file: "/config/nginx.conf", content: "listen 0.0.0.0:80;\nallow 10.0.0.5;\nset_real_ip_from 10.0.0.0/8;\n# server 10.0.0.6;" },
          { file: "/config/package.json", content: '{ "version": "10.0.3.1" }' },
          { file: "/config/index.html", content: "Open http://192.168.1.1 to set the router up" },
          { file: "/config/logo.png", content_base64: base64("\0 10.0.0.7 ") },
        ],
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
        ...addressed(
          "host entry db = 172.18.0.5",
          "fixed address 10.20.0.9",
          "10.20.0.3 in env DB_HOST",
          "192.168.1.4 in env CACHE_URL",
          "fd00:20::3 in env PEER",
          "fd00:20::4 in env QUEUE",
          "10.20.0.4 in entrypoint",
          "10.20.0.3 in command",
        ),
      ],
      [
        attributes({
          env: [
            "BROKERS=10.20.0.3:9092,10.20.0.4:9092",
            "JDBC=jdbc:mysql://10.20.0.3/shop",
            "DSN=user:pw@tcp(10.20.0.3:3306)/shop",
            "PG=host=10.20.0.3 user=x",
            "API=http://10.20.0.3?x=1",
            "MONGO=mongodb://10.20.0.3:1,10.20.0.4:2",
          ],
          command: ["sh", "-c", "curl 10.0.0.1"],
          healthcheck: [{ test: ["CMD", "curl", "-fs", "http://10.20.0.3/healthz"] }],
        }),
        ...addressed(
          "10.20.0.3 in env BROKERS",
          "10.20.0.4 in env BROKERS",
          "10.20.0.3 in env JDBC",
          "10.20.0.3 in env DSN",
          "10.20.0.3 in env PG",
          "10.20.0.3 in env API",
          "10.20.0.3 in env MONGO",
          "10.20.0.4 in env MONGO",
          "10.0.0.1 in command",
          "10.20.0.3 in healthcheck",
        ),
      ],
      [
        attributes({
          ...LOADER,
          upload: [
            { file: "/config/server.conf", content: "location / {\n  proxy_pass http://10.20.0.3:3000;\n}" },
            { file: "/config/app.json", content_base64: base64('{ "host": "10.20.0.4" }') },
          ],
        }),
        ...addressed("10.20.0.3 in /config/server.conf", "10.20.0.4 in /config/app.json"),
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
