import { DiagnosticError } from "../diagnostic";
import type { DataSource, OperationContext } from "../resource";
import type { ResourceSchema } from "../schema";
import { flag, text, type ObjectValue } from "../value";
import { chosen, computed, optional, required, TEXT_LIST } from "./attribute-kinds";
import { logLines } from "./log-lines";

const SCHEMA: ResourceSchema = {
  version: 0,
  attributes: {
    id: chosen("string"),
    name: required("string", { description: "Name or id of the container." }),
    logs_list_string: computed(TEXT_LIST, { description: "The lines." }),
    logs_list_string_enabled: optional("bool", { default: true, description: "Fills logs_list_string." }),
    discard_headers: optional("bool", {
      default: true,
      description: "Leaves out the 8 bytes that the engine puts before each piece of output.",
    }),
    show_stdout: optional("bool", { default: true, description: "Lines of standard output." }),
    show_stderr: optional("bool", { default: true, description: "Lines of standard error." }),
    since: optional("string", { default: "", description: "Lines from this time on: a Unix time." }),
    until: optional("string", { default: "", description: "Lines until this time: a Unix time." }),
    timestamps: optional("bool", { default: false, description: "Puts the time before each line." }),
    follow: optional("bool", { default: false, description: "Waits for further lines until the container ends." }),
    tail: optional("string", { default: "", description: "How many of the last lines; empty for all." }),
    details: optional("bool", { default: false, description: "Puts attributes of the log driver before each line." }),
  },
};

/** Data source `docker_logs`: what a container has written. */
export const logsData: DataSource = { schema: SCHEMA, read };

async function read(config: ObjectValue, context: OperationContext): Promise<ObjectValue> {
  const settings = withDefaults(config);
  const name = text(config["name"]) ?? "";
  const lines = flag(settings["logs_list_string_enabled"]) ? await readLines(name, settings, context) : [];
  return { ...settings, id: name, logs_list_string: lines };
}

function withDefaults(config: ObjectValue): ObjectValue {
  const defaults = Object.entries(SCHEMA.attributes).map(([name, { default: value = null }]) => [name, config[name] ?? value]);
  return Object.fromEntries(defaults) as ObjectValue;
}

async function readLines(name: string, settings: ObjectValue, { engine, signal }: OperationContext): Promise<string[]> {
  const path = `/containers/${encodeURIComponent(name)}`;
  const found = await engine.find<{ Config: { Tty: boolean } }>(`${path}/json`, { signal });
  if (!found) throw missing(name, engine.address);
  const query = {
    stdout: flag(settings["show_stdout"]),
    stderr: flag(settings["show_stderr"]),
    timestamps: flag(settings["timestamps"]),
    follow: flag(settings["follow"]),
    details: flag(settings["details"]),
    since: text(settings["since"]) || undefined,
    until: text(settings["until"]) || undefined,
    tail: text(settings["tail"]) || undefined,
  };
  const stream = await engine.stream("GET", `${path}/logs`, { query, signal });
  return logLines(stream, { tty: found.Config.Tty, headers: flag(settings["discard_headers"]) === false });
}

function missing(name: string, address: string): DiagnosticError {
  const detail = `name must be a container on the engine at ${address}, got ${JSON.stringify(name)}, which it does not have`;
  return new DiagnosticError("Container is missing", detail, { path: ["name"] });
}
