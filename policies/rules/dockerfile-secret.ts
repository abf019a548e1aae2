import { assignments, instructions } from "../dockerfile";
import { containerRule } from "../rule";
import { findSecret, findSecretIn } from "../secret-scan";

export const dockerfileSecret = containerRule({
  id: "CIS-4.10",
  severity: "error",
  cis: "4.10",
  owasp: ["12"],
  must: "build must hold no secret",
  why: "what a build saw stays in the history of its image",
  mend: "take it out, and hand it to the container as a file",
  check: ({ image }) => {
    const { dockerfile = "", buildArgs = {} } = image ?? {};
    const inside = (name: string): string[] => instructions(dockerfile, name);
    return [
      ...["RUN", "COPY", "LABEL"].flatMap((name) => inside(name).flatMap((text) => findSecret(text).map((kind) => `${kind} in ${name}`))),
      ...["ENV", "ARG"].flatMap((name) =>
        inside(name)
          .flatMap(assignments)
          .flatMap((pair) => findSecretIn(pair, name)),
      ),
      ...Object.entries(buildArgs).flatMap(([key, value]) => findSecretIn(`${key}=${value}`, "build argument")),
    ];
  },
});
