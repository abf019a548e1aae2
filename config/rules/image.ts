import { accept, refuse, rule, type Rule } from "./rule";

// The grammar of distribution's reference package, [registry/]path[:tag][@digest]: a strict one, so that every image that
// is accepted here is accepted by ContainerImage.fromRegistry (a test holds the two together).
const LABEL = "[A-Za-z0-9-]+";
const REGISTRY = `(?:(?:localhost|${LABEL}(?:\\.${LABEL})+)(?::\\d{1,5})?|${LABEL}:\\d{1,5})`;
const PART = /[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*/.source;
const REFERENCE = new RegExp(`^(?:${REGISTRY}/)?${PART}(?:/${PART})*(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`);

/** `keyword`, or a reference to one exact image in a registry; `example` is a valid one. */
export function imageOr(keyword: string, example: string): Rule<string> {
  const accepted = `${keyword}, or a registry reference with an exact tag or digest such as ${example}`;
  return rule(accepted, (text) => (text === keyword || isExact(text) ? accept(text) : refuse(hint(text))));
}

function isExact(text: string): boolean {
  const { tag = "latest", digest } = REFERENCE.exec(text)?.groups ?? {};
  return digest !== undefined || tag !== "latest";
}

function hint(text: string): string {
  if (/^https?:\/\//.test(text)) return "leave out the scheme";
  if (text.endsWith(":latest")) return "latest is not a version: it names another image tomorrow";
  if (REFERENCE.test(text)) return "without a tag it means latest";
  return isExact(text.toLowerCase()) ? `write ${text.toLowerCase()}` : "";
}
