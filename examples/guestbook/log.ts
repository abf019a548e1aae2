export type LogLevel = "info" | "warn" | "error";
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/** One JSON object per line on `out`. */
export function jsonLog(out: { write(line: string): unknown }, now: () => Date = () => new Date()): Log {
  return (level, message, fields = {}) => {
    out.write(`${JSON.stringify({ time: now().toISOString(), level, message, ...fields })}\n`);
  };
}

/** What of an error is fit for a log: its code and message, never the statement or connection behind it. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: String(error) };
  const code = "code" in error ? String(error.code) : error.name;
  return { code, error: error.message };
}
