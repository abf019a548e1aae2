import { imageReferenceFault } from "../../constructs/images/image-reference";
import { accept, refuse, rule, type Rule } from "./rule";

/** `keyword`, or a reference to one exact image in a registry; `example` is a valid one. */
export function imageOr(keyword: string, example: string): Rule<string> {
  const accepted = `${keyword}, or a registry reference with an exact tag or digest such as ${example}`;
  return rule(accepted, (text) => (text === keyword || isExact(text) ? accept(text) : refuse(hint(text))));
}

const isExact = (text: string): boolean => imageReferenceFault(text) === undefined;

function hint(text: string): string {
  if (/^https?:\/\//.test(text)) return "leave out the scheme";
  if (text.endsWith(":latest")) return "latest is not a version: it names another image tomorrow";
  if (isExact(`${text}:1`)) return "without a tag it means latest";
  return isExact(text.toLowerCase()) ? `write ${text.toLowerCase()}` : "";
}
