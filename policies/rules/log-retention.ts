import { containerRule } from "../rule";

export const logRetention = containerRule({
  id: "TIERS-LOG",
  severity: "error",
  owasp: ["10"],
  must: "how much log is kept must be decided",
  why: "logs without a bound fill the disk, and the engine's defaults differ between hosts",
  mend: "set LOG_MAX_SIZE_MIB and LOG_MAX_FILES, or log by LogDriver.jsonFile()",
  check: ({ attributes }) => {
    const driver = attributes.text("log_driver");
    if (driver === "") return ["no log_driver"];
    const bounded = driver !== "json-file" || (attributes.map("log_opts")["max-size"] ?? "") !== "";
    return bounded ? [] : ["json-file without max-size"];
  },
});
