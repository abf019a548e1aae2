import type { EngineInfo } from "../engine-facts";
import { ofEngine, unless, type Check } from "../check";

export const userNamespaces: Check = {
  id: "HOST-USERNS",
  severity: "note",
  cis: "2.9",
  owasp: ["2", "11"],
  must: "users of containers should be mapped to users without rights",
  why: "root that breaks out of a container is root of the host otherwise; ours run without root and capabilities",
  mend: "switch userns-remap on before the first deploy: images, containers and volumes made before are not seen after it, and host directories have to belong to the mapped users",
  check: ofEngine(({ info }) =>
    unless(hasOption(info, "userns") || hasOption(info, "rootless"), { got: "no mapping", settings: { "userns-remap": "default" } }),
  ),
};

/** Whether the engine names a security option, such as `seccomp`. */
export const hasOption = (info: EngineInfo, name: string): boolean => optionOf(info, name) !== undefined;

/** A security option with its settings: `name=seccomp,profile=default`. */
export const optionOf = ({ SecurityOptions }: EngineInfo, name: string): string | undefined =>
  (SecurityOptions ?? []).find((option) => option.split(",").includes(`name=${name}`));
