import { accept, refuse, rule, type Rule } from "./rule";

// The grammar of github.com/distribution/reference: [host[:port]/]path[:tag][@digest].
const HOST = /(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?/.source;
const PART = /[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*/.source;
const REFERENCE = new RegExp(
  `^(?<name>(?:${HOST}/)?${PART}(?:/${PART})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`,
);
const LONGEST_NAME = 255;

/** `keyword`, or a reference to one exact image in a registry; `example` is a valid one. */
export function imageOr(keyword: string, example: string): Rule<string> {
  const accepted = `${keyword}, or a registry reference with an exact tag or digest such as ${example}`;
  return rule(accepted, (text) => {
    if (text === keyword) return accept(text);
    const { name, tag, digest } = REFERENCE.exec(text)?.groups ?? {};
    if (name === undefined || name.length > LONGEST_NAME) return refuse(malformed(text));
    if (tag === "latest") return refuse("latest is not a version: it names another image tomorrow");
    if (tag === undefined && digest === undefined) return refuse("without a tag it means latest");
    return accept(text);
  });
}

function malformed(text: string): string | undefined {
  if (/^https?:\/\//.test(text)) return "leave out the scheme";
  return /^[^:@]*[A-Z]/.test(text) ? "repository names are lower case" : undefined;
}
