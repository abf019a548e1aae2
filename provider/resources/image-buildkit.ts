import { execFile } from "node:child_process";
import { DiagnosticError, type Diagnostic } from "../diagnostic";
import type { OperationContext, PlanAdjustment, PlanRequest } from "../resource";
import { blocks, flag, isZero, text, type ObjectValue } from "../value";
import { requireEngine, type Requirement } from "./requirement";

/** Attributes of a build that only BuildKit knows. */
const BUILDKIT = ["builder", "additional_contexts", "cache_to", "provenance", "sbom", "secrets"];
/** The builder that `version` stands for in the engine's API. */
const BUILDKIT_VERSION = "2";
/** Attributes that BuildKit does not know: it builds in containers of its own. */
const CLASSIC = [
  ...["memory", "memory_swap", "cpu_shares", "cpu_period", "cpu_quota", "cpu_set_cpus", "cpu_set_mems"],
  ...["isolation", "security_opt", "squash", "build_id", "session_id"],
];

/** What the BuildKit of an engine came to know; a builder of its own has its own version. */
const REQUIREMENTS: readonly Requirement[] = [
  {
    attribute: "build.additional_contexts",
    api: "1.42",
    docker: "23.0",
    isUsed: (planned) => blocks(planned["build"]).some((build) => isSet(build, "additional_contexts") && !isSet(build, "builder")),
  },
];

/** True for a build that the engine's classic builder cannot do. */
export function wantsBuildKit(build: ObjectValue): boolean {
  return buildkitNeeds(build).length > 0;
}

function buildkitNeeds(build: ObjectValue): string[] {
  const needs = BUILDKIT.filter((name) => isSet(build, name));
  return text(build["version"]) === BUILDKIT_VERSION ? [...needs, "version"] : needs;
}

const isSet = (build: ObjectValue, name: string): boolean => !isZero(build[name] ?? null);

/** What a configuration's build asks for that no one builder can do. */
export function buildkitFaults(config: ObjectValue): readonly Diagnostic[] {
  const [build] = blocks(config["build"]);
  const [need] = build ? buildkitNeeds(build) : [];
  if (build === undefined || need === undefined) return [];
  const classic = CLASSIC.filter((name) => isSet(build, name));
  if (flag(build["use_legacy_builder"])) classic.push("use_legacy_builder");
  return classic.map((name) => ({
    severity: "error",
    summary: "No builder can do this build",
    detail: `build.${name} must be unset with build.${need}, got both: the first is for the classic builder, the second takes BuildKit; take one out`,
    path: ["build"],
  }));
}

/** Before anything is applied: a build that is going to be made with BuildKit needs its client. */
export async function requireBuildKit(request: PlanRequest, { engine }: OperationContext): Promise<PlanAdjustment> {
  const [build] = blocks(request.planned["build"]);
  const [need] = build ? buildkitNeeds(build) : [];
  if (need !== undefined && (request.prior === null || request.replace.length > 0)) {
    await requireBuildx(need);
    await requireEngine(request.planned, engine, REQUIREMENTS);
  }
  return request;
}

async function requireBuildx(need: string): Promise<void> {
  const fault = await new Promise<string | undefined>((done) => {
    execFile("docker", ["buildx", "version"], (error, _stdout, stderr) => {
      done(error ? firstLine(stderr) || error.message : undefined);
    });
  });
  if (fault === undefined) return;
  throw new DiagnosticError(
    "BuildKit needs docker buildx",
    `build.${need} takes BuildKit, whose client docker buildx must be on this machine, got: ${fault}; install it (docker-buildx of Debian 13 and Ubuntu 24.04, docker-buildx-plugin of Docker's own packages), or take build.${need} out`,
    { path: ["build"] },
  );
}

const firstLine = (output: string): string => output.trim().split("\n")[0] ?? "";
