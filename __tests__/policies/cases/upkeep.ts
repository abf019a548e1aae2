import { token } from "../tokens";
import { JOB, LOADER, attributes, type Cases } from "./setups";

/** What a container takes, keeps and tells. */
export const upkeep: Readonly<Record<string, Cases>> = {
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
  "TIERS-LOG": {
    passes: [
      ...["journald", "none", "local", "fluentd", "grafana/loki-docker-driver"].map((log_driver) =>
        attributes({ log_driver, log_opts: undefined }),
      ),
      attributes({ log_opts: { "max-size": "1m" } }),
      attributes({ log_driver: "gelf", log_opts: { "cache-disabled": "true", "cache-max-size": "-1" } }),
    ],
    fails: [
      [
        attributes({ log_driver: undefined }),
        "how much log is kept must be decided, got no log_driver; set LOG_MAX_SIZE_MIB and LOG_MAX_FILES, or log by LogDriver.jsonFile()",
      ],
      [
        attributes({ log_driver: "local", log_opts: { "max-size": "-1" } }),
        "how much log is kept must be decided, got local with max-size = -1; set LOG_MAX_SIZE_MIB and LOG_MAX_FILES, or log by LogDriver.jsonFile()",
      ],
      [
        attributes({ log_driver: "syslog", log_opts: { "cache-max-size": "-1" } }),
        "how much log is kept must be decided, got syslog with cache-max-size = -1; set LOG_MAX_SIZE_MIB and LOG_MAX_FILES, or log by LogDriver.jsonFile()",
      ],
      [
        attributes({ log_opts: { "max-size": "-1" } }),
        "how much log is kept must be decided, got json-file without max-size; set LOG_MAX_SIZE_MIB and LOG_MAX_FILES, or log by LogDriver.jsonFile()",
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
          log_opts: { "splunk-url": "https://splunk.example:8088", "splunk-token": "hunter2" },
          command: ["redis-server", "--requirepass", "hunter2"],
          entrypoint: ["sh", "-c", "PGPASSWORD=hunter2 psql"],
          healthcheck: [{ test: ["CMD", "curl", token("URL")] }],
          upload: [{ file: "/etc/key.pem", content_base64: Buffer.from(token("private key")).toString("base64") }],
        }),
        ...[
          "secret value in env DB_PASSWORD",
          "GitHub token in label ci",
          "secret value in log option splunk-token",
          "secret value in variable PGPASSWORD in entrypoint",
          "password flag in command",
          "URL with a password in healthcheck",
          "private key in /etc/key.pem",
        ].map(
          (got) =>
            `no secret must be in environment, labels, command, log options or uploaded files, got ${got}; hand it over as a file, such as by allowFrom or a Secret`,
        ),
      ],
    ],
  },
};
