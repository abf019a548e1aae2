import { printing, withEngine, withHost, withStack } from "../patient";
import type { SickHost } from "./host";

/** An engine of before Docker 28. */
export const OLD = { version: "20.10.24", api: "1.41", oldestApi: "1.12" };
/** The rule that such an engine lacks. */
export const DIRECT = (bridge: string): string =>
  `DOCKER-USER ! -i ${bridge} -o ${bridge} -m conntrack --ctstate NEW -m conntrack ! --ctstate DNAT -j DROP`;
const other = { id: "f".repeat(64), driver: "bridge", options: {}, labels: {} };
const bridge = (icc: string) => [
  {
    ...other,
    name: "bridge",
    options: { "com.docker.network.bridge.default_bridge": "true", "com.docker.network.bridge.enable_icc": icc },
    subnets: [],
  },
];

/** Networks that need a mend. */
export const NETWORK: readonly SickHost[] = [
  [
    "HOST-ICC",
    "lets containers of the default bridge meet",
    withEngine({ networks: bridge("true") }),
    [{ got: "icc = true", settings: { icc: false } }],
  ],
  [
    "HOST-IPTABLES",
    "keeps the engine from setting rules",
    printing("fd://\n", "fd://\n--iptables=false\n"),
    [{ got: "iptables = false", settings: { iptables: true } }],
  ],
  [
    "HOST-DIRECT-ROUTE",
    "has an old engine and no rule",
    withEngine(OLD),
    [{ got: "an engine that lets them in", commands: [`iptables -w -I ${DIRECT("br-+")}`, `iptables -w -I ${DIRECT("docker0")}`] }],
  ],
  [
    "HOST-SERVICES",
    "has no rule",
    printing("-A INPUT -i br-+ -m conntrack --ctstate NEW -j DROP\n", ""),
    [{ got: "no rule that stops them", commands: ["iptables -w -I INPUT -i br-+ -m conntrack --ctstate NEW -j DROP"] }],
  ],
  [
    "HOST-SERVICES",
    "has bridges of somebody else, whose traffic is not ours to drop",
    withHost({ links: ["br-lan", "br-7ca1e8ffc0a7"] }),
    [{ got: "no rule that stops them", commands: ["iptables -w -I INPUT -i br-7ca1e8ffc0a7 -m conntrack --ctstate NEW -j DROP"] }],
  ],
  [
    "HOST-USERS",
    "has no rule",
    printing(/-A OUTPUT.*\n/, ""),
    [
      {
        got: "no rule that stops them",
        commands: [
          "iptables -w -I OUTPUT -o br-+ -m conntrack --ctstate NEW -m conntrack ! --ctstate DNAT -m owner ! --uid-owner 0 -j DROP",
        ],
      },
    ],
  ],
  [
    "HOST-FIREWALL",
    "accepts everything, our own rule apart",
    withHost({ filter: [":INPUT ACCEPT [0:0]", "-A INPUT -i br-+ -m conntrack --ctstate NEW -j DROP"] }),
    [
      {
        got: "INPUT that accepts everything",
        commands: [
          "apt-get install -y --no-install-recommends ufw",
          "ufw allow OpenSSH",
          "ufw default deny incoming",
          "ufw --force enable",
        ],
      },
    ],
  ],
  [
    "HOST-POOLS",
    "has a pool with the stack's range",
    printing("10.213.0.0/16", "10.20.0.0/16"),
    [{ got: "10.20.0.0/24 in 10.20.0.0/16", settings: { "default-address-pools": [{ base: "10.213.0.0/16", size: 24 }] } }],
  ],
  [
    "HOST-POOLS",
    "has the pools that engines come with",
    printing('"default-address-pools": [{ "base": "10.213.0.0/16", "size": 24 }],', "", withStack({ subnets: ["192.168.7.0/24"] })),
    [{ got: "192.168.7.0/24 in 192.168.0.0/16", settings: { "default-address-pools": [{ base: "10.213.0.0/16", size: 24 }] } }],
  ],
  [
    "HOST-SUBNET",
    "has a network of somebody else there",
    withEngine({ networks: [{ ...other, name: "lan", subnets: ["10.20.0.0/16"] }] }),
    [
      { got: "10.20.0.0/24 that network lan has", commands: ["docker network rm lan"] },
      // Nobody's network owns the bridge that the record has.
      { got: "10.20.0.0/24 while 10.20.0.0/24 is routed to br-7ca1e8ffc0a7" },
    ],
  ],
  [
    "HOST-SUBNET",
    "routes the range elsewhere",
    withHost({ routes: [{ link: "tun0", range: "10.0.0.0/8" }] }),
    [{ got: "10.20.0.0/24 while 10.0.0.0/8 is routed to tun0" }],
  ],
  [
    "HOST-PORT",
    "has the port in a container of somebody else",
    withEngine({ containers: [{ name: "old-nginx", labels: {}, ports: [{ address: "0.0.0.0", port: 80 }] }] }),
    [{ got: "127.0.0.1:80 of container old-nginx", commands: ["docker stop old-nginx"] }],
  ],
  [
    "HOST-PORT",
    "has the port in a process",
    withEngine({ containers: [] }),
    [{ got: "127.0.0.1:80 of a process", commands: ["ss -ltnp 'sport = :80'"] }],
  ],
];
