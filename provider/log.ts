/** Severities of Terraform's log. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

/** Writes to Terraform's log, which users see with `TF_LOG`. */
export type Log = (level: LogLevel, message: string, fields?: { readonly [name: string]: unknown }) => void;

const MICROSECONDS = "000";

/** A log that writes JSON lines as go-plugin reads them from a plugin's standard error. */
export function stderrLog(write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  return (level, message, fields = {}) => {
    // go-plugin parses exactly six fractional digits.
    const timestamp = new Date().toISOString().replace("Z", `${MICROSECONDS}Z`);
    write(`${JSON.stringify({ "@level": level, "@message": message, "@timestamp": timestamp, ...fields })}\n`);
  };
}
