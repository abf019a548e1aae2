import { containerRule } from "../rule";

type Options = Readonly<Record<string, string>>;

/** Drivers without files of their own: the journal has a bound, by default a tenth of its file system. */
const HAS_NO_FILES = ["none", "journald"];
/** What `json-file` takes for no bound; `local` has bounds of its own. */
const UNBOUNDED = ["", "-1", "0"];

function fault(driver: string, options: Options): string[] {
  if (driver === "") return ["no log_driver"];
  if (driver === "json-file") return UNBOUNDED.includes(options["max-size"] ?? "") ? ["json-file without max-size"] : [];
  if (driver === "local") return options["max-size"] === "-1" ? ["local with max-size = -1"] : [];
  if (HAS_NO_FILES.includes(driver) || options["cache-disabled"] === "true") return [];
  // What others send away, the engine keeps a copy of, by default at most 5 files of 20 MB.
  return options["cache-max-size"] === "-1" ? [`${driver} with cache-max-size = -1`] : [];
}

export const logRetention = containerRule({
  id: "TIERS-LOG",
  severity: "error",
  owasp: ["10"],
  must: "how much log is kept must be decided",
  why: "logs without a bound fill the disk, and the engine's defaults differ between hosts",
  mend: "set LOG_MAX_SIZE_MIB and LOG_MAX_FILES, or log by LogDriver.jsonFile()",
  check: ({ attributes }) => fault(attributes.text("log_driver"), attributes.map("log_opts")),
});
