import { evaluate } from "../../policies/evaluate";
import type { Exception } from "../../policies/exception";
import type { RenderedContainer, RenderedStack } from "../../policies/rendered-container";
import { ruleIds, rules } from "../../policies/registry";
import { token } from "./tokens";
import { container, stackOf, type ContainerSetup } from "./container";

const AT = "(at prod/Shop/Resource)";
const DIGEST = `sha256:${"ab".repeat(32)}`;
const dockerfile = (...lines: readonly string[]): ContainerSetup => ({
  image: {
    reference: "localhost/docker-tiers/shop:0123456789ab",
    dockerfile: ["FROM scratch", "HEALTHCHECK CMD true", ...lines].join("\n"),
  },
});
const attributes = (values: NonNullable<ContainerSetup["attributes"]>): ContainerSetup => ({ attributes: values });
const ports = (...blocks: readonly object[]): ContainerSetup => attributes({ ports: blocks });
const LOCAL_PORT = { internal: 8080, external: 8080, ip: "127.0.0.1", protocol: "tcp" };
const JOB = {
  must_run: false,
  attach: true,
  user: "0:0",
  networks_advanced: undefined,
  network_mode: "none",
  healthcheck: [{ test: ["NONE"] }],
};
const LOADER = { ...JOB, attach: undefined, start: false, healthcheck: [], read_only: false };

interface Cases {
  readonly passes: readonly ContainerSetup[];
  readonly fails: readonly (readonly [ContainerSetup, ...string[]])[];
}

/** What each rule over a container takes, and what it refuses with which message. */
const cases: Readonly<Record<string, Cases>> = {
  "CIS-4.1": {
    passes: [attributes({ user: "999" }), attributes({ user: "app" }), attributes(JOB), attributes(LOADER)],
    fails: [
      [
        attributes({ user: undefined }),
        "process must run as a user that is not root, got no user; set user, or leave it out for 1000:1000",
      ],
      [attributes({ user: "0:0" }), "process must run as a user that is not root, got user = 0:0; set user, or leave it out for 1000:1000"],
      [
        attributes({ user: "root" }),
        "process must run as a user that is not root, got user = root; set user, or leave it out for 1000:1000",
      ],
      [
        attributes({ ...JOB, network_mode: "host" }),
        "process must run as a user that is not root, got user = 0:0; set user, or leave it out for 1000:1000",
      ],
    ],
  },
  "CIS-4.6": {
    passes: [dockerfile(), dockerfile("HEALTHCHECK --interval=3s \\", "  CMD wget -q http://127.0.0.1/")],
    fails: [
      [
        { image: { reference: "localhost/docker-tiers/shop:0123456789ab", dockerfile: "FROM scratch\n# HEALTHCHECK CMD true\n" } },
        "Dockerfile must have a HEALTHCHECK, got none; add HEALTHCHECK to the Dockerfile",
      ],
      [
        { image: { reference: "localhost/docker-tiers/shop:0123456789ab", dockerfile: "FROM scratch\nhealthcheck none\n" } },
        "Dockerfile must have a HEALTHCHECK, got HEALTHCHECK NONE; add HEALTHCHECK to the Dockerfile",
      ],
    ],
  },
  "CIS-4.7": {
    passes: [dockerfile("RUN apt-get update && apt-get install -y nginx")],
    fails: [
      [
        dockerfile("RUN apt-get -q update", "RUN apt-get install -y nginx"),
        "Dockerfile must update and install in one RUN, got RUN apt-get -q update; join both by && in one RUN",
      ],
    ],
  },
  "CIS-4.9": {
    passes: [dockerfile("COPY a /a", "ADD rootfs.tar.gz /")],
    fails: [
      [
        dockerfile("ADD https://downloads.example/x.tgz /x"),
        "Dockerfile must COPY rather than ADD, got ADD https://downloads.example/x.tgz /x; write COPY, and fetch with a checksum",
      ],
    ],
  },
  "CIS-4.10": {
    passes: [dockerfile("ENV PORT=3000 PASSWORD_FILE=/run/secrets/password", "ARG BASE", "RUN echo password")],
    fails: [
      [
        dockerfile('ENV PORT=3000 DB_PASSWORD="hunter 2"'),
        "build must hold no secret, got secret value in ENV DB_PASSWORD; take it out, and hand it to the container as a file",
      ],
      [
        dockerfile("ENV API_TOKEN correct-horse"),
        "build must hold no secret, got secret value in ENV API_TOKEN; take it out, and hand it to the container as a file",
      ],
      [
        dockerfile(`RUN npm config set x ${token("npm")}`),
        "build must hold no secret, got npm token in RUN; take it out, and hand it to the container as a file",
      ],
      [
        { image: { reference: "localhost/docker-tiers/shop:0123456789ab", buildArgs: { NPM_TOKEN: token("npm") } } },
        "build must hold no secret, got npm token in build argument NPM_TOKEN; take it out, and hand it to the container as a file",
      ],
    ],
  },
  "CIS-5.2": {
    passes: [attributes({ security_opts: ["no-new-privileges", "apparmor=docker-default"] })],
    fails: [
      [
        attributes({ security_opts: ["no-new-privileges:true", "apparmor:unconfined"] }),
        "AppArmor must stay on, got apparmor=unconfined; leave apparmor=unconfined out",
      ],
    ],
  },
  "CIS-5.3": {
    passes: [attributes({ security_opts: ["no-new-privileges:true", "label=type:web_t"] })],
    fails: [
      [
        attributes({ security_opts: ["no-new-privileges:true", "label=disable"] }),
        "SELinux separation must stay on, got label=disable; leave label=disable out",
      ],
    ],
  },
  "CIS-5.4": {
    passes: [attributes({ capabilities: { drop: ["ALL"], add: ["CAP_CHOWN", "NET_BIND_SERVICE"] } }), attributes(LOADER)],
    fails: [
      [
        attributes({ capabilities: [] }),
        "all capabilities must be dropped and only harmless ones given back, got no drop of ALL; leave capabilities out, or name the few that are needed",
      ],
      [
        attributes({ capabilities: [{ drop: ["ALL"], add: ["CAP_SYS_ADMIN", "NET_RAW"] }] }),
        "all capabilities must be dropped and only harmless ones given back, got add of CAP_SYS_ADMIN; leave capabilities out, or name the few that are needed",
        "all capabilities must be dropped and only harmless ones given back, got add of NET_RAW; leave capabilities out, or name the few that are needed",
      ],
    ],
  },
  "CIS-5.5": {
    passes: [attributes({ privileged: false })],
    fails: [
      [
        attributes({ privileged: "true" }),
        "container must not be privileged, got privileged = true; leave privileged out and name the capability that is needed",
      ],
    ],
  },
  "CIS-5.6": {
    passes: [{ hostPaths: ["/srv/data/mysql", "/etcetera"] }],
    fails: ["/", "/etc/", "/usr/share/zoneinfo", "/var/lib/docker/volumes", "/var", "/srv/../etc", "//etc"].map((path) => [
      { hostPaths: [path] },
      `no directory of the system must be mounted, got ${path.endsWith("etc") || path === "/etc/" ? "/etc" : path}; use Storage.volume(), or Storage.hostDirectory() with a directory such as /srv/data`,
    ]),
  },
  "CIS-5.7": {
    passes: [attributes({ command: ["cat", "/etc/ssh/sshd_config"] })],
    fails: [
      [
        attributes({ entrypoint: ["/usr/sbin/sshd", "-D"] }),
        "container must not run an ssh server, got /usr/sbin/sshd; take it out of the command and use docker exec",
      ],
      [
        attributes({ command: ["sh", "-c", "sshd -D & exec app"] }),
        "container must not run an ssh server, got sshd -D & exec app; take it out of the command and use docker exec",
      ],
      [
        ports({ ...LOCAL_PORT, internal: 22 }),
        "container must not run an ssh server, got published port 22; take it out of the command and use docker exec",
      ],
    ],
  },
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
  "CIS-5.11": {
    passes: [attributes({ memory: "64" })],
    fails: [
      [attributes({ memory: undefined }), "memory must have a cap, got no memory; set memoryMiB to what a load test decides"],
      [attributes({ memory: 0 }), "memory must have a cap, got memory = 0; set memoryMiB to what a load test decides"],
    ],
  },
  "CIS-5.12": {
    passes: [attributes({ cpu_shares: 0, cpu_quota: undefined, cpus: "0.5" })],
    fails: [
      [
        attributes({ cpu_shares: 0, cpu_quota: undefined }),
        "CPU time must have a share or a cap, got none of cpu_shares, cpu_quota, cpus, cpu_set; set cpus, or leave it out for 1",
      ],
    ],
  },
  "CIS-5.13": {
    passes: [attributes(LOADER)],
    fails: [
      [
        attributes({ read_only: false }),
        "root file system must be read-only, got read_only = false; leave readOnlyRoot out, and give tmpfs or mounts for what is written",
      ],
      [
        attributes({ read_only: null }),
        "root file system must be read-only, got no read_only; leave readOnlyRoot out, and give tmpfs or mounts for what is written",
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
  "CIS-5.15": {
    passes: [attributes({ restart: "on-failure", max_retry_count: 5 }), attributes({ restart: undefined })],
    fails: [
      [
        attributes({ restart: "always" }),
        'restart policy must be no, or on-failure with 1 to 5 retries, got restart = always; let it end, or allow("CIS-5.15", ...) with the reason why it has to come back by itself',
      ],
      [
        attributes({ restart: "on-failure" }),
        'restart policy must be no, or on-failure with 1 to 5 retries, got on-failure with no end; let it end, or allow("CIS-5.15", ...) with the reason why it has to come back by itself',
      ],
      [
        attributes({ restart: "on-failure", max_retry_count: 6 }),
        'restart policy must be no, or on-failure with 1 to 5 retries, got on-failure with 6 retries; let it end, or allow("CIS-5.15", ...) with the reason why it has to come back by itself',
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
  "CIS-5.18": {
    passes: [attributes({ devices: [], gpus: "" })],
    fails: [
      [
        attributes({ devices: [{ host_path: "/dev/sda" }], device_requests: [{ count: 1 }], gpus: "all" }),
        "no device of the host must be given, got /dev/sda; leave devices out",
        "no device of the host must be given, got device_requests; leave devices out",
        "no device of the host must be given, got gpus = all; leave devices out",
      ],
    ],
  },
  "CIS-5.19": {
    passes: [attributes({ ulimit: [{ name: "nofile", soft: 1024, hard: 2048 }] })],
    fails: [
      [
        attributes({
          ulimit: [
            { name: "nofile", soft: -1, hard: -1 },
            { name: "nproc", soft: 5, hard: 5 },
          ],
        }),
        "ulimit must be bounded, and not count processes, got nofile = -1; set hard to a number, and pidsLimit in place of nproc",
        "ulimit must be bounded, and not count processes, got nproc = 5; set hard to a number, and pidsLimit in place of nproc",
      ],
    ],
  },
  "CIS-5.20": {
    passes: [attributes({ mounts: [{ type: "bind", target: "/data", bind_options: [{ propagation: "rslave" }] }] })],
    fails: [
      [
        attributes({ mounts: [{ type: "bind", target: "/data", bind_options: { propagation: "rshared" } }] }),
        "mounts must not be shared with the host, got rshared at /data; leave propagation out, or use rslave",
      ],
    ],
  },
  "CIS-5.22": {
    passes: [attributes({ security_opts: ["no-new-privileges:true", "seccomp=profile.json"] })],
    fails: [
      [
        attributes({ security_opts: ["no-new-privileges:true", "seccomp:unconfined"] }),
        "seccomp filter must stay on, got seccomp=unconfined; leave seccomp=unconfined out",
      ],
    ],
  },
  "CIS-5.25": {
    passes: [attributes({ cgroupns_mode: "private" })],
    fails: [
      [
        attributes({ cgroup_parent: "/mine", cgroupns_mode: "host" }),
        "container must stay in the engine's cgroup, got cgroup_parent = /mine; leave cgroup_parent and cgroupns_mode out",
        "container must stay in the engine's cgroup, got cgroupns_mode = host; leave cgroup_parent and cgroupns_mode out",
      ],
    ],
  },
  "CIS-5.26": {
    passes: [attributes({ security_opts: ["no-new-privileges"] })],
    fails: [
      [
        attributes({ security_opts: ["no-new-privileges:false"] }),
        "process must not gain privileges, got no no-new-privileges:true in security_opts; set no-new-privileges:true, as every construct does",
      ],
    ],
  },
  "CIS-5.27": {
    passes: [attributes(JOB), attributes(LOADER)],
    fails: [
      [attributes({ healthcheck: undefined }), 'health must be probed, got no healthcheck; set health, such as Health.http("/healthz")'],
      [
        attributes({ healthcheck: [{ test: ["NONE"] }] }),
        'health must be probed, got healthcheck NONE; set health, such as Health.http("/healthz")',
      ],
    ],
  },
  "CIS-5.29": {
    passes: [attributes({ pids_limit: "64" })],
    fails: [
      [
        attributes({ pids_limit: -1 }),
        "number of processes must have a cap, got pids_limit = -1; set pidsLimit; the public provider has no such attribute: use PROVIDER=embedded",
      ],
    ],
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
  "CIS-5.32": {
    passes: [{ hostPaths: ["/srv/docker.sock.d"] }],
    fails: [[{ hostPaths: ["/srv/docker.sock"] }, "socket of the engine must not be mounted, got /srv/docker.sock; leave the mount out"]],
  },
  "TIERS-VERSION": {
    passes: ["nginx:1.30.6", "node:20.19-slim", "shop:2026.10", "shop:3f2a9c1", `nginx@${DIGEST}`, DIGEST, "localhost:5000/a/b:v1.2"].map(
      (reference) => ({ image: { reference } }),
    ),
    fails: ["nginx", "nginx:latest", "nginx:1", "nginx:stable-alpine", "registry.example:5000/shop", "mysql:8-oracle"].map((reference) => [
      { image: { reference } },
      `image must be one exact version, got ${reference}; name a version such as nginx:1.30.6`,
    ]),
  },
  "TIERS-DIGEST": {
    passes: [
      `nginx:1.30.6@${DIGEST}`,
      DIGEST,
      "localhost/docker-tiers/mysql:9.7-ee78b035a257",
      "localhost/docker-tiers/guestbook:267f112791db",
    ].map((reference) => ({ image: { reference } })),
    fails: ["nginx:1.30.6", "registry.example/docker-tiers/mysql:9.7-ee78b035a257", "localhost/docker-tiers/shop:1.2.3"].map(
      (reference) => [
        { image: { reference } },
        `image must be pinned to its content, got ${reference}; add @sha256:..., or use ContainerImage.fromPackages or fromBuild`,
      ],
    ),
  },
  "TIERS-LOG": {
    passes: [attributes({ log_driver: "journald", log_opts: undefined }), attributes({ log_opts: { "max-size": "1m" } })],
    fails: [
      [
        attributes({ log_driver: undefined }),
        "how much log is kept must be decided, got no log_driver; set LOG_MAX_SIZE_MIB and LOG_MAX_FILES, or log by LogDriver.jsonFile()",
      ],
      [
        attributes({ log_opts: { "max-file": "3" } }),
        "how much log is kept must be decided, got json-file without max-size; set LOG_MAX_SIZE_MIB and LOG_MAX_FILES, or log by LogDriver.jsonFile()",
      ],
    ],
  },
  "TIERS-ANONYMOUS-VOLUME": {
    passes: [
      attributes({
        mounts: [
          { type: "volume", source: "${docker_volume.data.name}", target: "/data" },
          { type: "tmpfs", target: "/tmp" },
        ],
      }),
      attributes({ volumes: [{ host_path: "/srv/data", container_path: "/data" }] }),
    ],
    fails: [
      [
        attributes({ mounts: [{ type: "volume", target: "/data" }], volumes: [{ container_path: "/cache", volume_name: "" }] }),
        "volume must have a name, got none at /data; use Storage.volume()",
        "volume must have a name, got none at /cache; use Storage.volume()",
      ],
    ],
  },
  "TIERS-SECRET": {
    passes: [attributes({ env: ["PASSWORD_FILE=/run/secrets/password", "REQUIRE_PASSWORD=yes"], command: ["--requirepass", "$PASSWORD"] })],
    fails: [
      [
        attributes({
          env: ["DB_PASSWORD=hunter2"],
          labels: [{ label: "ci", value: token("GitHub") }],
          command: ["redis-server", "--requirepass", "hunter2"],
          entrypoint: ["sh", "-c", "PGPASSWORD=hunter2 psql"],
          healthcheck: [{ test: ["CMD", "curl", token("URL")] }],
          upload: [{ file: "/etc/key.pem", content_base64: Buffer.from(token("private key")).toString("base64") }],
        }),
        ...[
          "secret value in env DB_PASSWORD",
          "GitHub token in label ci",
          "secret value in variable PGPASSWORD in entrypoint",
          "password flag in command",
          "URL with a password in healthcheck",
          "private key in /etc/key.pem",
        ].map(
          (got) =>
            `no secret must be in environment, labels, command or uploaded files, got ${got}; hand it over as a file, such as by allowFrom or a Secret`,
        ),
      ],
    ],
  },
  "TIERS-ADDRESS": {
    passes: [
      attributes({ host: [{ host: "host.docker.internal", ip: "host-gateway" }] }),
      attributes({
        env: ["SUBNET=10.0.0.0/24", "BIND=127.0.0.1:80", "ANY=0.0.0.0", "DNS=8.8.8.8", "APP_VERSION=10.2.3.4", "DB_HOST=prod-database"],
      }),
    ],
    fails: [
      [
        attributes({
          host: [{ host: "db", ip: "172.18.0.5" }],
          networks_advanced: [{ name: "edge", ipv4_address: "10.20.0.9" }],
          env: ["DB_HOST=10.20.0.3", "CACHE_URL=redis://:x@192.168.1.4:6379/0"],
        }),
        ...[
          "host entry db = 172.18.0.5",
          "fixed address 10.20.0.9",
          "10.20.0.3 in env DB_HOST",
          "redis://192.168.1.4:6379/0 in env CACHE_URL",
        ].map(
          (got) =>
            `containers must be known by name, not by address, got ${got}; use the alias of the service on a shared network, such as by allowFrom`,
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

const messages = (stack: RenderedStack, id: string, exceptions: readonly Exception[] = []): string[] =>
  evaluate(stack, { profile: "prod", exceptions })
    .findings.filter(({ rule }) => rule === id)
    .map(({ message }) => message);

const containerRules = rules.filter(({ of }) => of === "container").map(({ id }) => id);

describe("rules over a container", () => {
  it("all have a case that passes and one that fails", () => {
    expect(Object.keys(cases).sort()).toEqual([...containerRules].sort());
    expect(Object.values(cases).filter(({ passes, fails }) => passes.length === 0 || fails.length === 0)).toEqual([]);
  });

  it("have nothing against a safe container", () => {
    expect(evaluate(stackOf(container()), { profile: "prod" })).toMatchObject({ findings: [], allowed: [], exceptions: [] });
  });

  it.each(containerRules.flatMap((id) => (cases[id]?.passes ?? []).map((setup) => [id, setup] as const)))("%s passes %j", (id, setup) => {
    expect(messages(stackOf(container(setup)), id)).toEqual([]);
  });

  it.each(containerRules.flatMap((id) => (cases[id]?.fails ?? []).map(([setup, ...texts]) => [id, setup, texts] as const)))(
    "%s fails %j",
    (id, setup, texts) => {
      expect(messages(stackOf(container(setup)), id)).toEqual(texts.map((text) => `${id}: ${text} ${AT}`));
    },
  );

  it.each(
    containerRules.flatMap((id) => (cases[id]?.fails ?? []).slice(0, 1).map(([setup, ...texts]) => [id, setup, texts.length] as const)),
  )("%s is silent where an exception holds, and counts it", (id, setup, count) => {
    const exception = { rule: id, on: "prod/Shop", because: "it is measured", optional: false };
    const report = evaluate(stackOf(container(setup)), { profile: "prod", exceptions: [exception] });

    expect(report.findings.filter(({ rule }) => rule === id)).toEqual([]);
    expect(report.allowed.map(({ rule, exception: by }) => [rule, by])).toEqual(Array.from({ length: count }, () => [id, exception]));
    expect(report.exceptions).toEqual([{ ...exception, findings: count }]);
  });
});

describe("rules over a stack", () => {
  const fits: RenderedStack = { ...stackOf(container(), container(), container(attributes(JOB))), hostMemoryMiB: 128 };
  const open: RenderedStack = { ...stackOf(), providers: [{ host: "tcp://user@10.0.0.5:2375", tls: false }] };
  const MEMORY =
    "TIERS-HOST-MEMORY: caps of all containers that stay must fit into the host's memory, got 128 MiB of HOST_MEMORY_MIB = 127; lower memoryMiB or replicas, or raise HOST_MEMORY_MIB (at prod)";
  const TCP =
    "TIERS-TCP: engine must be reached by a socket, ssh, or tcp with client certificates, got tcp://10.0.0.5:2375; set HOST to ssh://user@host, or TLS_CERT_PATH (at prod)";

  it.each([
    ["TIERS-HOST-MEMORY", fits],
    ["TIERS-HOST-MEMORY", { ...fits, hostMemoryMiB: undefined }],
    ["TIERS-TCP", { ...open, providers: [{ host: "tcp://10.0.0.5:2376", tls: true }] }],
    ["TIERS-TCP", { ...open, providers: [{ host: "ssh://deploy@10.0.0.5", tls: false }] }],
  ])("%s passes", (id, stack) => {
    expect(messages(stack, id)).toEqual([]);
  });

  it.each([
    ["TIERS-HOST-MEMORY", { ...fits, hostMemoryMiB: 127 }, MEMORY],
    ["TIERS-TCP", open, TCP],
  ])("%s fails, and is silent where an exception on the stack holds", (id, stack, message) => {
    expect(messages(stack, id)).toEqual([message]);
    expect(messages(stack, id, [{ rule: id, on: "prod", because: "it is measured", optional: false }])).toEqual([]);
    expect(messages(stack, id, [{ rule: id, on: "prod/Shop", because: "it is measured", optional: false }])).toEqual([message]);
  });
});

describe("an exception that nothing needs", () => {
  const exception: Exception = { rule: "CIS-5.13", on: "prod/Shop", because: "it writes", optional: false };
  const writes: RenderedContainer = container(attributes({ read_only: false }));

  it("passes while it is needed, and where it is optional", () => {
    expect(messages(stackOf(writes), "TIERS-EXCEPTION", [exception])).toEqual([]);
    expect(messages(stackOf(container()), "TIERS-EXCEPTION", [{ ...exception, optional: true }])).toEqual([]);
  });

  it("fails, with its reason", () => {
    expect(messages(stackOf(container()), "TIERS-EXCEPTION", [exception])).toEqual([
      'TIERS-EXCEPTION: exception must be needed, got CIS-5.13 allowed because "it writes", with nothing to allow; take the allow() out, or make it optional where only some environments need it (at prod/Shop)',
    ]);
  });

  it("fails for the wider of two that hold", () => {
    const wider = { ...exception, on: "prod", because: "everything writes" };
    expect(messages(stackOf(writes), "TIERS-EXCEPTION", [wider, exception])).toHaveLength(1);
    expect(
      evaluate(stackOf(writes), { profile: "prod", exceptions: [wider, exception] }).exceptions.map(({ findings }) => findings),
    ).toEqual([0, 1]);
  });
});

describe("the registry", () => {
  it("has ids that are unique, and texts that make a sentence", () => {
    expect(new Set(ruleIds).size).toBe(rules.length);
    for (const { must, why, mend } of rules) {
      expect(must).toMatch(/\bmust\b/);
      for (const text of [must, why, mend]) expect(text).not.toMatch(/\.$|^[\s;]/);
    }
  });
});
