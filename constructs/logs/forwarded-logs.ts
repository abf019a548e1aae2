import { given, requireAddress, requireWhole, type LogOptions } from "./log-options";
import { remote, type RemoteLogOptions } from "./remote-log-options";

/** A Fluentd or Fluent Bit that takes the forward protocol. */
export interface FluentdOptions extends RemoteLogOptions {
  /** `tcp://HOST:PORT` or `unix:///PATH`, as the engine on the host reaches it. */
  readonly address: string;
  /** Connects in the background, so that a container starts while the receiver is away. @default false: it does not start */
  readonly async?: boolean;
  /** Waits for the receiver's acknowledgement of each line. @default false */
  readonly requestAck?: boolean;
  /** Sends times with nanoseconds. @default false */
  readonly subSecondPrecision?: boolean;
}

/** A Graylog or Logstash that takes GELF. */
export interface GelfOptions extends RemoteLogOptions {
  /** `udp://HOST:PORT`, by which lines are lost without a word, or `tcp://HOST:PORT`. */
  readonly address: string;
  /** Of what travels by UDP. @default "gzip" */
  readonly compression?: "gzip" | "zlib" | "none";
}

/** A syslog server, by RFC 5424 or 3164. */
export interface SyslogOptions extends RemoteLogOptions {
  /** `tcp+tls://`, `tcp://` or `udp://HOST:PORT`, or `unix:///dev/log`. */
  readonly address: string;
  /** @default "daemon" */
  readonly facility?: string;
  /** @default "rfc5424micro" */
  readonly format?: "rfc3164" | "rfc5424" | "rfc5424micro";
  /** Files of the host for `tcp+tls`. @default - the host's authorities, no client certificate */
  readonly tls?: { readonly caCert: string; readonly cert?: string; readonly key?: string };
}

/** Source: https://docs.docker.com/engine/logging/drivers/fluentd/; those of 20.10 and newer. */
export function fluentd(options: FluentdOptions): LogOptions {
  const { address, async: background, requestAck, subSecondPrecision } = options;
  requireAddress("address of fluentd", address, ["tcp", "unix"], "tcp://127.0.0.1:24224");
  return {
    ...remote(options),
    ...given({
      "fluentd-address": address,
      "fluentd-async": background ?? false,
      "fluentd-request-ack": requestAck,
      "fluentd-sub-second-precision": subSecondPrecision,
    }),
  };
}

/** Source: https://docs.docker.com/engine/logging/drivers/gelf/ */
export function gelf(options: GelfOptions): LogOptions {
  const { address, compression } = options;
  requireAddress("address of gelf", address, ["udp", "tcp"], "udp://graylog.example:12201");
  if (compression !== undefined && address.startsWith("tcp:")) {
    requireAddress("address of gelf with a compression", address, ["udp"], address.replace(/^tcp/, "udp"));
  }
  return { ...remote(options), ...given({ "gelf-address": address, "gelf-compression-type": compression }) };
}

/** Source: https://docs.docker.com/engine/logging/drivers/syslog/ */
export function syslog(options: SyslogOptions): LogOptions {
  const { address, facility, format = "rfc5424micro", tls } = options;
  requireAddress("address of syslog", address, ["tcp+tls", "tcp", "udp", "unix"], "tcp+tls://logs.example:6514");
  if (tls !== undefined) requireAddress("address of syslog with tls", address, ["tcp+tls"], address.replace(/^\w+:/, "tcp+tls:"));
  const port = Number(/:(\d+)$/.exec(address)?.[1] ?? 514);
  requireWhole("port of syslog", port, 1, 65535, 514);
  return {
    ...remote(options),
    ...given({
      "syslog-address": address,
      "syslog-facility": facility,
      "syslog-format": format,
      "syslog-tls-ca-cert": tls?.caCert,
      "syslog-tls-cert": tls?.cert,
      "syslog-tls-key": tls?.key,
    }),
  };
}
