import type { MessageInitShape } from "@bufbuild/protobuf";
import { EngineError, EngineHostError } from "../engine";
import { DiagnosticError, type AttributePath, type Diagnostic } from "./diagnostic";
import { Diagnostic_Severity, type AttributePathSchema, type DiagnosticSchema } from "./gen/provider_pb";

/** Diagnostics as Terraform's protocol carries them. */
export function diagnosticMessages(diagnostics: readonly Diagnostic[]): MessageInitShape<typeof DiagnosticSchema>[] {
  return diagnostics.map(({ severity, summary, detail, path }) => ({
    severity: severity === "error" ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    summary,
    detail,
    ...(path ? { attribute: pathMessage(path) } : {}),
  }));
}

/** A path as Terraform's protocol carries it: names first, then indexes and keys. */
export function pathMessage(path: AttributePath): MessageInitShape<typeof AttributePathSchema> {
  const steps = path.map((step) => {
    return typeof step === "number"
      ? { selector: { case: "elementKeyInt" as const, value: BigInt(step) } }
      : { selector: { case: "attributeName" as const, value: step } };
  });
  return { steps };
}

/** What to show for anything that was thrown. Never a stack trace: that goes to the log. */
export function diagnosticOf(error: unknown, operation: string): Diagnostic {
  if (error instanceof DiagnosticError) return error.diagnostic;
  if (error instanceof EngineError || error instanceof EngineHostError)
    return { severity: "error", summary: `Docker refused to ${operation}`, detail: error.message };
  if (error instanceof Error && error.name === "AbortError") {
    return {
      severity: "error",
      summary: `Stopped`,
      detail: `terraform asked the provider to stop before it could ${operation}; run the command again`,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    severity: "error",
    summary: `Fault in the provider`,
    detail: `it could not ${operation}, got ${JSON.stringify(message)}; this is a bug, TF_LOG=debug shows where`,
  };
}
