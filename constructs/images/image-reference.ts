const COMPONENT = "[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*";
const HOST = "(?:localhost|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|[A-Za-z0-9-]+(?=:\\d))(?::\\d+)?";
/** The grammar of distribution's `reference` package: [registry/]path[:tag][@digest]. */
const REFERENCE = new RegExp(
  `^(?<name>(?:${HOST}/)?${COMPONENT}(?:/${COMPONENT})*)(?::(?<tag>[\\w][\\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$`,
);

/** Why a reference does not name one version, with a better one; undefined when it does. */
export function imageReferenceFault(reference: string): string | undefined {
  const got = `got ${JSON.stringify(reference)}`;
  const groups = REFERENCE.exec(reference)?.groups;
  if (groups === undefined) return `must be [registry/]name:tag or name@sha256:digest in lower case, ${got}; use "nginx:1.30.6"`;
  const { name = "", tag, digest } = groups;
  if (tag === undefined && digest === undefined) return `must have an exact tag or a digest, ${got}; use "${name}:1.2.3"`;
  if (tag === "latest" && digest === undefined) return `must not be whatever is latest, ${got}; use "${name}:1.2.3"`;
  return undefined;
}
