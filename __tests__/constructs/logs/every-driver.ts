import { LogDelivery, LogDriver } from "../../../constructs";

const delivery = LogDelivery.nonBlocking();

/** Each factory with every option that it has. */
export const everyDriver = [
  LogDriver.jsonFile({
    maxSizeMiB: 2,
    maxFiles: 5,
    compress: true,
    tag: "{{.Name}}",
    labels: ["team"],
    environment: ["LEVEL"],
    delivery,
  }),
  LogDriver.local({ maxSizeMiB: 2, maxFiles: 1, delivery }),
  LogDriver.journald({ tag: "shop", labels: ["team"], environment: ["LEVEL", "ZONE"], delivery }),
  LogDriver.syslog({
    address: "tcp+tls://logs.example:6514",
    facility: "local0",
    format: "rfc5424",
    tls: { caCert: "/etc/ssl/certs/ca-certificates.crt" },
    delivery: LogDelivery.blocking(),
    hostCopy: "none",
  }),
  LogDriver.fluentd({
    address: "tcp://127.0.0.1:24224",
    async: true,
    requestAck: true,
    subSecondPrecision: true,
    delivery,
    labels: ["team"],
    hostCopy: { maxSizeMiB: 1, maxFiles: 1 },
  }),
  LogDriver.gelf({ address: "udp://127.0.0.1:12201", compression: "none", delivery, tag: "shop" }),
  LogDriver.awsLogs({
    group: "shop",
    region: "eu-central-1",
    stream: "web",
    createGroup: true,
    multiline: { datetimeFormat: "%Y-%m-%d" },
    delivery: LogDelivery.nonBlocking({ bufferMiB: 25 }),
  }),
  LogDriver.gcpLogs({ project: "shop", logCommand: true, delivery, labels: ["team"] }),
  LogDriver.splunk({
    url: "https://splunk.example:8088",
    token: "of-one-index",
    index: "shop",
    format: "json",
    caFile: "/etc/ssl/splunk.pem",
    verifyConnection: false,
    delivery,
  }),
  LogDriver.logentries({ token: "of-one-log", lineOnly: true, delivery }),
  LogDriver.none(),
];
