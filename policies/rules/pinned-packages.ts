import { pick } from "../built-from";
import { containerRule } from "../rule";
import { commandsOf, scriptOf } from "../shell";

export const pinnedPackages = containerRule({
  id: "DL3008",
  severity: "error",
  owasp: ["13"],
  must: "packages that a Dockerfile installs by apt must have a version",
  why: "the mirror moves on: another host, or another day, gets other programs",
  mend: "write each as NAME=VERSION, or use ContainerImage.fromPackages",
  check: ({ image }) => pick(image, (instruction) => instruction.keyword === "RUN" && unpinned(scriptOf(instruction))),
});

const INSTALL = /\bapt(?:-get)?\s+(?:.*\s)?install\s+(.*)$/;
/** Options of apt whose value is the next word. */
const WITH_VALUE = new Set([
  "-t",
  "-c",
  "-o",
  "-a",
  "--target-release",
  "--default-release",
  "--config-file",
  "--option",
  "--host-architecture",
]);

const unpinned = (script: string): boolean => commandsOf(script).some((command) => packagesOf(command).some((name) => !isPinned(name)));

function packagesOf(command: string): string[] {
  const words = (INSTALL.exec(command)?.[1] ?? "").split(/\s+/).map((word) => word.replace(/["']/g, ""));
  return words.filter(
    (word, index) => word !== "" && !word.startsWith("-") && !WITH_VALUE.has(words[index - 1] ?? "") && !/[<>]/.test(word),
  );
}

/** A file, a release, and what a variable holds are decided elsewhere. */
const isPinned = (name: string): boolean => /[=/$]|\.deb$/.test(name);
