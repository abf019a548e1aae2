import { Health, LogDelivery, LogDriver, MySql, Redis, Service, setStackDefaults, WebTier, type LogFiles } from "../../../constructs";
import { container, resources, shopImage, synth } from "../synth";
import { everyDriver } from "./every-driver";

const delivery = LogDelivery.blocking();
const options = (driver: LogDriver) => ({ [driver.name]: driver.options });

describe("a log driver", () => {
  it("has the engine's options by typed ones, for all ten and none", () => {
    expect(Object.assign({}, ...everyDriver.map(options))).toMatchInlineSnapshot(`
      {
        "awslogs": {
          "awslogs-create-group": "true",
          "awslogs-datetime-format": "%Y-%m-%d",
          "awslogs-group": "shop",
          "awslogs-region": "eu-central-1",
          "awslogs-stream": "web",
          "cache-max-file": "3",
          "cache-max-size": "10m",
          "max-buffer-size": "25m",
          "mode": "non-blocking",
        },
        "fluentd": {
          "cache-compress": "false",
          "cache-max-file": "1",
          "cache-max-size": "1m",
          "fluentd-address": "tcp://127.0.0.1:24224",
          "fluentd-async": "true",
          "fluentd-request-ack": "true",
          "fluentd-sub-second-precision": "true",
          "labels": "team",
          "max-buffer-size": "4m",
          "mode": "non-blocking",
        },
        "gcplogs": {
          "cache-max-file": "3",
          "cache-max-size": "10m",
          "gcp-log-cmd": "true",
          "gcp-project": "shop",
          "labels": "team",
          "max-buffer-size": "4m",
          "mode": "non-blocking",
        },
        "gelf": {
          "cache-max-file": "3",
          "cache-max-size": "10m",
          "gelf-address": "udp://127.0.0.1:12201",
          "gelf-compression-type": "none",
          "max-buffer-size": "4m",
          "mode": "non-blocking",
          "tag": "shop",
        },
        "journald": {
          "env": "LEVEL,ZONE",
          "labels": "team",
          "max-buffer-size": "4m",
          "mode": "non-blocking",
          "tag": "shop",
        },
        "json-file": {
          "compress": "true",
          "env": "LEVEL",
          "labels": "team",
          "max-buffer-size": "4m",
          "max-file": "5",
          "max-size": "2m",
          "mode": "non-blocking",
          "tag": "{{.Name}}",
        },
        "local": {
          "compress": "false",
          "max-buffer-size": "4m",
          "max-file": "1",
          "max-size": "2m",
          "mode": "non-blocking",
        },
        "logentries": {
          "cache-max-file": "3",
          "cache-max-size": "10m",
          "line-only": "true",
          "logentries-token": "of-one-log",
          "max-buffer-size": "4m",
          "mode": "non-blocking",
        },
        "none": {},
        "splunk": {
          "cache-max-file": "3",
          "cache-max-size": "10m",
          "max-buffer-size": "4m",
          "mode": "non-blocking",
          "splunk-capath": "/etc/ssl/splunk.pem",
          "splunk-format": "json",
          "splunk-index": "shop",
          "splunk-token": "of-one-index",
          "splunk-url": "https://splunk.example:8088",
          "splunk-verify-connection": "false",
        },
        "syslog": {
          "cache-disabled": "true",
          "mode": "blocking",
          "syslog-address": "tcp+tls://logs.example:6514",
          "syslog-facility": "local0",
          "syslog-format": "rfc5424",
          "syslog-tls-ca-cert": "/etc/ssl/certs/ca-certificates.crt",
        },
      }
    `);
  });

  it("keeps 3 files of 10 MiB on the host unless told otherwise, and compresses where something is rotated", () => {
    expect(options(LogDriver.jsonFile())).toEqual({ "json-file": { mode: "blocking", "max-size": "10m", "max-file": "3" } });
    expect(options(LogDriver.local())).toEqual({ local: { mode: "blocking", "max-size": "10m", "max-file": "3", compress: "true" } });
    expect(LogDriver.gelf({ address: "udp://graylog.example:12201", delivery }).options).toEqual({
      mode: "blocking",
      "cache-max-size": "10m",
      "cache-max-file": "3",
      "gelf-address": "udp://graylog.example:12201",
    });
  });

  it("takes a plugin and its options as they are", () => {
    const { name, options: own } = LogDriver.custom("grafana/loki-docker-driver:3.3.2", { "loki-url": "http://127.0.0.1:3100" });
    expect({ name, own }).toEqual({ name: "grafana/loki-docker-driver:3.3.2", own: { "loki-url": "http://127.0.0.1:3100" } });
  });
});

const fluentd = (address: string) => () => LogDriver.fluentd({ address, delivery });
const jsonFile = (files: LogFiles) => () => LogDriver.jsonFile(files);

it.each<readonly [string, () => unknown, string]>([
  ["no address", fluentd(""), 'address of fluentd must be tcp://HOST:PORT or unix:///PATH, got ""; use "tcp://127.0.0.1:24224"'],
  [
    "an address without port",
    fluentd("tcp://logs.example"),
    'address of fluentd must be tcp://HOST:PORT or unix:///PATH, got "tcp://logs.example"; use "tcp://127.0.0.1:24224"',
  ],
  [
    "compressed tcp",
    () => LogDriver.gelf({ address: "tcp://graylog.example:12201", compression: "zlib", delivery }),
    'address of gelf with a compression must be udp://HOST:PORT, got "tcp://graylog.example:12201"; use "udp://graylog.example:12201"',
  ],
  [
    "certificates without tls",
    () => LogDriver.syslog({ address: "tcp://logs.example:514", tls: { caCert: "/ca.pem" }, delivery }),
    'address of syslog with tls must be tcp+tls://HOST:PORT, got "tcp://logs.example:514"; use "tcp+tls://logs.example:514"',
  ],
  [
    "a port that is none",
    () => LogDriver.syslog({ address: "udp://logs.example:70000", delivery }),
    "port of syslog must be a whole number of 1 to 65535, got 70000; use 514",
  ],
  ["no group", () => LogDriver.awsLogs({ group: " ", delivery }), 'group of awslogs must be given, got ""; use "shop"'],
  [
    "a splunk without token",
    () => LogDriver.splunk({ url: "https://splunk.example:8088", token: "", delivery }),
    'token of splunk must be given, got ""; use "00000000-0000-0000-0000-000000000000"',
  ],
  [
    "a relative authority",
    () => LogDriver.splunk({ url: "https://splunk.example:8088", token: "t", caFile: "ca.pem", delivery }),
    'caFile must be an absolute path of the host, got "ca.pem"; use "/etc/ssl/splunk.pem"',
  ],
  ["no files", jsonFile({ maxFiles: 0 }), "maxFiles must be a whole number of 1 to 1000, got 0; use 3"],
  ["a size without bound", jsonFile({ maxSizeMiB: -1 }), "maxSizeMiB must be a whole number of 1 to 1048576, got -1; use 10"],
  ["half a MiB", () => LogDelivery.nonBlocking({ bufferMiB: 0.5 }), "bufferMiB must be a whole number of 1 to 1024, got 0.5; use 4"],
  [
    "a list in one text",
    () => LogDriver.journald({ labels: ["team,zone"] }),
    'names of labels and variables must be without commas, got "team,zone"; list them one by one',
  ],
  ["no name", () => LogDriver.custom(""), 'name must be that of a driver, got ""; use "grafana/loki-docker-driver:3.3.2"'],
  [
    "compression of one file",
    () => LogDriver.local({ maxFiles: 1, compress: true }),
    "compress must be left out where maxFiles is 1, since rotated files alone are compressed, got true; keep 2 files",
  ],
])("fails for %s", (_, make, message) => {
  expect(make).toThrow(new Error(`LOG_DRIVER: ${message}`));
});

describe("the log of a noun", () => {
  const logs = (build: Parameters<typeof synth>[0]) =>
    Object.fromEntries(Object.entries(resources(synth(build), "docker_container")).map(([path, { log_driver: driver }]) => [path, driver]));

  it("is its own, while what serves it logs as its stack", () => {
    const log = LogDriver.local();
    const all = logs((stack) => {
      setStackDefaults(stack, { log: LogDriver.journald() });
      new Service(stack, "Shop", { image: shopImage(), memoryMiB: 64, health: Health.http("/"), log });
      new MySql(stack, "Database", { memoryMiB: 256, log });
      new Redis(stack, "Cache", { memoryMiB: 16, log });
      new WebTier(stack, "Web", { memoryMiB: 16, site: __dirname, log });
      new Service(stack, "Other", { image: shopImage(), memoryMiB: 64, health: Health.http("/") });
    });
    expect(Object.keys(all).filter((path) => all[path] === "local")).toEqual([
      "Cache/Resource",
      "Database/Resource",
      "Shop/Replica1",
      "Web/Resource",
    ]);
    expect(all).toMatchObject({
      "Other/Replica1": "journald",
      "Database/Data/Prepare/Resource": "journald",
    });
  });

  it("is part of the configuration: another one is another container", () => {
    const hash = (log: LogDriver) =>
      container(
        synth((stack) => new Service(stack, "Shop", { image: shopImage(), memoryMiB: 64, health: Health.http("/"), log })),
        "Shop/Replica1",
      )["name"];
    expect(hash(LogDriver.local())).toBe(hash(LogDriver.local()));
    expect(hash(LogDriver.local())).not.toBe(hash(LogDriver.local({ maxFiles: 4 })));
  });
});
