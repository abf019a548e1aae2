import {
  awsLogs,
  gcpLogs,
  logentries,
  splunk,
  type AwsLogsOptions,
  type GcpLogsOptions,
  type LogentriesOptions,
  type SplunkOptions,
} from "./cloud-logs";
import { fluentd, gelf, syslog, type FluentdOptions, type GelfOptions, type SyslogOptions } from "./forwarded-logs";
import { journald, jsonFile, local, type JournaldOptions, type JsonFileOptions, type LocalLogOptions } from "./host-logs";
import type { LogOptions } from "./log-options";
import { ConstructError } from "../errors";

/**
 * Where the engine writes a container's output, and how much of it is kept. Set it for a stack by `setStackDefaults`, or by a noun's `log`.
 *
 * Every factory throws ConstructError `LOG_DRIVER` for options that the engine would refuse or that would keep a container from starting.
 */
export class LogDriver {
  /** Files on the host: 3 of 10 MiB by default. */
  static jsonFile(options: JsonFileOptions = {}): LogDriver {
    return new LogDriver("json-file", jsonFile(options));
  }

  /** Files on the host in a form that is smaller and faster: 3 of 10 MiB by default, rotated ones compressed. */
  static local(options: LocalLogOptions = {}): LogDriver {
    return new LogDriver("local", local(options));
  }

  /** The host's journal; how much is kept says its `SystemMaxUse`. */
  static journald(options: JournaldOptions = {}): LogDriver {
    return new LogDriver("journald", journald(options));
  }

  /** A syslog server. */
  static syslog(options: SyslogOptions): LogDriver {
    return new LogDriver("syslog", syslog(options));
  }

  /** Fluentd or Fluent Bit. */
  static fluentd(options: FluentdOptions): LogDriver {
    return new LogDriver("fluentd", fluentd(options));
  }

  /** Graylog or Logstash. */
  static gelf(options: GelfOptions): LogDriver {
    return new LogDriver("gelf", gelf(options));
  }

  /** Amazon CloudWatch Logs. */
  static awsLogs(options: AwsLogsOptions): LogDriver {
    return new LogDriver("awslogs", awsLogs(options));
  }

  /** Google Cloud Logging. */
  static gcpLogs(options: GcpLogsOptions): LogDriver {
    return new LogDriver("gcplogs", gcpLogs(options));
  }

  /** Splunk; its token is seen by `docker inspect`. */
  static splunk(options: SplunkOptions): LogDriver {
    return new LogDriver("splunk", splunk(options));
  }

  /** Logentries, on engines up to Docker 24; its token is seen by `docker inspect`. */
  static logentries(options: LogentriesOptions): LogDriver {
    return new LogDriver("logentries", logentries(options));
  }

  /** Nothing is kept: `docker logs` is empty, and so is the message of a job that failed. */
  static none(): LogDriver {
    return new LogDriver("none", {});
  }

  /** A plugin, or an option that has no name here. What is wrong with it, the engine says at the apply. */
  static custom(name: string, options: LogOptions = {}): LogDriver {
    if (!/^[\w./-]+(:[\w.-]+)?$/.test(name)) {
      throw new ConstructError(
        "LOG_DRIVER",
        `name must be that of a driver, got ${JSON.stringify(name)}; use "grafana/loki-docker-driver:3.3.2"`,
      );
    }
    return new LogDriver(name, { ...options });
  }

  private constructor(
    /** In the engine's words. */
    readonly name: string,
    readonly options: LogOptions,
  ) {}
}
