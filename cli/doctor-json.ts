import { countOf, type Diagnosis } from "../doctor/diagnosis";

/** A diagnosis for programs. Fields may be added; those that are there stay. A setting that has to be taken out of daemon.json is null. */
export function doctorJson(diagnosis: Diagnosis): string {
  const { address, stack, findings, ...rest } = diagnosis;
  const [errors, warnings, notes] = (["error", "warning", "note"] as const).map((severity) => countOf(diagnosis, severity));
  const report = { version: 1, address, ...(stack === undefined ? {} : { stack }), errors, warnings, notes };
  const all = findings.map(({ commands = [], settings = {}, ...finding }) => ({ ...finding, commands, settings: nulled(settings) }));
  return JSON.stringify({ ...report, findings: all, ...rest }, undefined, 2);
}

const nulled = (settings: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value === undefined ? null : value]));
