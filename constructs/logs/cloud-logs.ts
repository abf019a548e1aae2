import { ConstructError } from "../errors";
import { given, requireAddress, requireText, type LogMetadata, type LogOptions } from "./log-options";
import { remote, type RemoteLogOptions, type RemoteOptions } from "./remote-log-options";

/** CloudWatch Logs. The engine finds its credentials by itself: the machine's role, or files and variables of its own. */
export interface AwsLogsOptions extends RemoteOptions, Pick<LogMetadata, "tag"> {
  readonly group: string;
  /** @default - that of the machine, on EC2 */
  readonly region?: string;
  /** @default - the container's id */
  readonly stream?: string;
  /** Makes a group that is missing. @default false */
  readonly createGroup?: boolean;
  /** Where a message of several lines begins: a regular expression, or a format of `strftime`. @default - each line is one */
  readonly multiline?: { readonly pattern: string } | { readonly datetimeFormat: string };
}

/** Google Cloud Logging. The engine finds its credentials by itself: the machine's account, or a file of its own. */
export interface GcpLogsOptions extends RemoteOptions, Omit<LogMetadata, "tag"> {
  /** @default - that of the machine, on Compute Engine */
  readonly project?: string;
  /** Sends the container's command with its first line. @default false */
  readonly logCommand?: boolean;
}

/** Splunk by its HTTP Event Collector. */
export interface SplunkOptions extends RemoteLogOptions {
  /** `https://HOST:PORT` */
  readonly url: string;
  /**
   * The engine takes it as an option alone: `docker inspect`, plan and state show it. `TIERS-SECRET` refuses it until `allow` says why.
   * Take a token that may do nothing but send to one index.
   */
  readonly token: string;
  /** @default - the token's */
  readonly index?: string;
  /** @default "inline" */
  readonly format?: "inline" | "json" | "raw";
  /** File on the host with the authority of the server's certificate. @default - the host's authorities */
  readonly caFile?: string;
  /** Whether a container starts only when the server answers. @default true */
  readonly verifyConnection?: boolean;
}

/** Logentries, up to Docker 24: newer engines do not have the driver. */
export interface LogentriesOptions extends RemoteLogOptions {
  /** Seen as {@link SplunkOptions.token} is. */
  readonly token: string;
  /** Sends the line alone. @default false */
  readonly lineOnly?: boolean;
}

/** Source: https://docs.docker.com/engine/logging/drivers/awslogs/; those of 20.10 and newer. */
export function awsLogs(options: AwsLogsOptions): LogOptions {
  const { group, region, stream, createGroup, multiline } = options;
  requireText("group of awslogs", group, "shop");
  return {
    ...remote(options),
    ...given({
      "awslogs-group": group,
      "awslogs-region": region,
      "awslogs-stream": stream,
      "awslogs-create-group": createGroup,
      "awslogs-multiline-pattern": multiline !== undefined && "pattern" in multiline ? multiline.pattern : undefined,
      "awslogs-datetime-format": multiline !== undefined && "datetimeFormat" in multiline ? multiline.datetimeFormat : undefined,
    }),
  };
}

/** Source: https://docs.docker.com/engine/logging/drivers/gcplogs/ */
export function gcpLogs(options: GcpLogsOptions): LogOptions {
  return { ...remote(options), ...given({ "gcp-project": options.project, "gcp-log-cmd": options.logCommand }) };
}

/** Source: https://docs.docker.com/engine/logging/drivers/splunk/ */
export function splunk(options: SplunkOptions): LogOptions {
  const { url, token, index, format, caFile, verifyConnection } = options;
  requireAddress("url of splunk", url, ["https", "http"], "https://splunk.example:8088");
  requireText("token of splunk", token, "00000000-0000-0000-0000-000000000000");
  if (caFile !== undefined && !caFile.startsWith("/")) {
    throw new ConstructError(
      "LOG_DRIVER",
      `caFile must be an absolute path of the host, got ${JSON.stringify(caFile)}; use "/etc/ssl/splunk.pem"`,
    );
  }
  return {
    ...remote(options),
    ...given({
      "splunk-url": url,
      "splunk-token": token,
      "splunk-index": index,
      "splunk-format": format,
      "splunk-capath": caFile,
      "splunk-verify-connection": verifyConnection,
    }),
  };
}

/** Source: https://docs.docker.com/engine/deprecated/ says when it went. */
export function logentries(options: LogentriesOptions): LogOptions {
  requireText("token of logentries", options.token, "00000000-0000-0000-0000-000000000000");
  return { ...remote(options), ...given({ "logentries-token": options.token, "line-only": options.lineOnly }) };
}
