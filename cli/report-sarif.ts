import { createHash } from "node:crypto";

import type { Finding, Report } from "../policies/finding";
import type { Rule } from "../policies/rule";

/** A report, and the file that it is about. */
export interface FileReport {
  readonly file: string;
  readonly report: Report;
}

/** A report as SARIF 2.1.0 (OASIS): what an exception allows is there, suppressed. */
export function reportSarif(reports: readonly FileReport[], rules: readonly Rule[], version: string): string {
  const run = {
    tool: { driver: { name: "docker-tiers", version, rules: rules.map(descriptor) } },
    columnKind: "utf16CodeUnits",
    results: reports.flatMap(({ file, report }) => [...report.findings, ...report.allowed].map((finding) => result(file, finding, rules))),
  };
  return JSON.stringify({ $schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] }, undefined, 2);
}

function descriptor({ id, must, why, mend, cis, owasp }: Rule): object {
  const tags = [...(cis === undefined ? [] : [`CIS ${cis}`]), ...owasp.map((number) => `OWASP #${number}`)];
  return {
    id,
    shortDescription: { text: must },
    fullDescription: { text: why },
    help: { text: mend },
    properties: { tags },
  };
}

function result(file: string, { rule, severity, path, address, message, exception }: Finding, rules: readonly Rule[]): object {
  const names = [...new Set([path, address ?? path])].map((fullyQualifiedName) => ({ fullyQualifiedName, kind: "resource" }));
  const uri = file.split(/[/\\]/).map(encodeURIComponent).join("/");
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri } }, logicalLocations: names }],
    partialFingerprints: { "docker-tiers/v1": createHash("sha256").update(`${rule} ${path} ${message}`).digest("hex") },
    ...(exception === undefined ? {} : { suppressions: [{ kind: "inSource", justification: exception.because }] }),
  };
}
