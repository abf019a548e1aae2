import { builtFrom } from "../built-from";
import type { Instruction } from "../dockerfile";
import { containerRule } from "../rule";
import { scriptOf } from "../shell";

export const layerOrder = containerRule({
  id: "TIERS-LAYERS",
  severity: "warning",
  owasp: [],
  must: "what changes with the code must be copied after what is installed",
  why: "every layer after a change is built and shipped anew: each change of the code would install everything again",
  mend: "install first, and copy before that only what the installation reads, such as package-lock.json",
  check: ({ image }) =>
    builtFrom(image).flatMap(({ instructions, at }) =>
      instructions.flatMap((run) => {
        const copy = tooEarly(run, instructions);
        return copy === undefined ? [] : [`${at(run)} after ${at(copy)}`];
      }),
    ),
});

const SYSTEM = /\b(?:apt-get|apt|apk|yum|dnf|microdnf)\s+(?:-\S+\s+)*(?:install|add)\b/;
const LIBRARIES =
  /\b(?:(?:npm|pnpm|yarn|bun)\s+(?:ci|install|i)|pip3?\s+install|go\s+mod\s+download|(?:bundle|composer|poetry)\s+install|cargo\s+fetch)\b/;
/** It installs the code itself. */
const OF_THE_CODE = /\bpip3?\s+install\s+(?:-\S+\s+)*\.(?:\s|$)/;

const MANIFEST =
  /^(?:package.*\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-.*\.yaml|bun\.lockb?|\.npmrc|\.yarnrc.*|(?:requirements|constraints).*\.txt|pyproject\.toml|poetry\.lock|Pipfile.*|go\.(?:mod|sum|work|\*)|Gemfile.*|composer\..*|Cargo\..*)$/;
const OF_THE_SYSTEM = /^\/etc\/(?:apt|apk|yum|ssl)|^\/usr\/(?:local\/)?share\/(?:keyrings|ca-certificates)/;

/** The first copy before an installation that it does not need; undefined when there is none. */
function tooEarly(run: Instruction, instructions: readonly Instruction[]): Instruction | undefined {
  const script = run.keyword === "RUN" ? scriptOf(run) : "";
  const [system, libraries] = [SYSTEM.test(script), LIBRARIES.test(script) && !OF_THE_CODE.test(script)];
  if (!system && !libraries) return undefined;
  const before = instructions.filter(({ stage, line }) => stage === run.stage && line < run.line);
  return before.filter(isOfTheCode).find((copy) => !needs(copy, system));
}

const isOfTheCode = ({ keyword, flags }: Instruction): boolean => ["COPY", "ADD"].includes(keyword) && !flags.includes("from");

/** What an installation reads: files of the package manager, and manifests where libraries alone are installed. */
function needs({ text, words }: Instruction, system: boolean): boolean {
  const paths = words ?? text.split(" ");
  const sources = paths.slice(0, -1).map((path) => path.split("/").at(-1) ?? "");
  if (OF_THE_SYSTEM.test(paths.at(-1) ?? "")) return true;
  return sources.every((name) => /\.(?:deb|rpm|apk)$/.test(name) || (!system && MANIFEST.test(name)));
}
