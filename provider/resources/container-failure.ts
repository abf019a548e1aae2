import { demultiplex, type Engine } from "../../engine";
import { DiagnosticError } from "../diagnostic";
import type { ContainerInspect } from "./container-api";

const TAIL = 20;

/** Everything that a container has written, or its last lines. */
export async function containerLogs(engine: Engine, inspect: ContainerInspect, tail?: number): Promise<string> {
  const query = { stdout: true, stderr: true, ...(tail === undefined ? {} : { tail }) };
  const stream = await engine.stream("GET", `/containers/${inspect.Id}/logs`, { query });
  const chunks: Buffer[] = [];
  for await (const { data } of demultiplex(stream, inspect.Config.Tty ?? false)) chunks.push(data);
  return Buffer.concat(chunks).toString("utf8");
}

/** The error for a container that did not come up, with what is known about the reason. */
export async function containerFailure(
  engine: Engine,
  inspect: ContainerInspect,
  summary: string,
  problem: string,
  fate: () => Promise<string> = stays,
): Promise<DiagnosticError> {
  const name = inspect.Name.replace(/^\//, "");
  const lines = await containerLogs(engine, inspect, TAIL).catch(
    (error: unknown) => `(the log cannot be read: ${error instanceof Error ? error.message : String(error)})`,
  );
  const parts = [
    problem,
    ...healthLines(inspect),
    lines.trim() === "" ? "It has written nothing to its log." : `Last lines of its log:\n${indent(lines)}`,
  ];
  return new DiagnosticError(
    summary,
    [...parts, `The container ${await fate()} for inspection (docker logs ${name}); the next apply replaces it.`].join("\n"),
  );
}

function stays(): Promise<string> {
  return Promise.resolve("stays");
}

/** `exit code 137, out of memory`. */
export function exitReason(inspect: ContainerInspect): string {
  const { ExitCode, OOMKilled, Error: reason } = inspect.State;
  return [`exit code ${ExitCode}`, OOMKilled ? "killed because it was out of memory" : "", reason].filter(Boolean).join(", ");
}

function healthLines(inspect: ContainerInspect): string[] {
  const last = inspect.State.Health?.Log?.at(-1);
  if (!last) return [];
  const output = last.Output.trim();
  return [`Last health check: exit code ${last.ExitCode}${output === "" ? ", no output" : `, output:\n${indent(output)}`}`];
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
