import { ConstructError } from "./errors";

const COMPONENT = "[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*";
const HOST = "(?:localhost|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|[A-Za-z0-9-]+(?=:\\d))(?::\\d+)?";
/** The grammar of distribution's `reference` package: [registry/]path[:tag][@digest]. */
const REFERENCE = new RegExp(`^(?<name>(?:${HOST}/)?${COMPONENT}(?:/${COMPONENT})*)(?::(?<tag>[\\w][\\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$`);

/**
 * An image reference that names one version.
 *
 * @throws ConstructError `IMAGE_REFERENCE`
 */
export function parseImageReference(reference: string): string {
  const fail = (must: string, use: string): never => {
    throw new ConstructError("IMAGE_REFERENCE", `image must ${must}, got ${JSON.stringify(reference)}; use "${use}"`);
  };
  const groups = REFERENCE.exec(reference)?.groups;
  if (groups === undefined) return fail("be [registry/]name:tag or name@sha256:digest in lower case", "nginx:1.30.6");
  const { name, tag, digest } = groups;
  if (tag === undefined && digest === undefined) return fail("have an exact tag or a digest", `${name ?? ""}:1.2.3`);
  if (tag === "latest" && digest === undefined) return fail("not be whatever is latest", `${name ?? ""}:1.2.3`);
  return reference;
}
