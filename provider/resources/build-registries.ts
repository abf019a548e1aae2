import { textMap, texts, type ObjectValue } from "../value";
import { parseReference } from "./image-reference";

type Arguments = Readonly<Record<string, string>>;

/** The registries that a build may ask: for its bases, for what it copies from, and for contexts and caches that are images. */
export function buildRegistries(dockerfile: string, build: ObjectValue): string[] {
  const names = [...imagesOf(dockerfile, textMap(build["build_args"]), contextsOf(build)), ...imagesBeside(build)];
  return [...new Set(names.map((name) => parseReference(name).registry))];
}

/** What a Dockerfile names that is neither a stage of its own nor a further context. */
function imagesOf(dockerfile: string, given: Arguments, contexts: readonly string[]): string[] {
  const text = dockerfile.replace(/\\\r?\n/g, " ");
  const [head = ""] = text.split(/^\s*FROM\s/im);
  const values = { ...declaredIn(head), ...given };
  const stages = new Set(["scratch", ...contexts, ...all(text, /^\s*FROM\s.*\sAS\s+(\S+)/gim)]);
  const named = [
    ...all(text, /^#\s*syntax\s*=\s*(\S+)/gim),
    ...all(text, /^\s*FROM\s+(?:--\S+\s+)*(\S+)/gim),
    ...all(text, /^\s*(?:COPY|ADD)\s.*?--from=(\S+)/gim),
    ...all(text, /--mount=\S*?\bfrom=([^\s,]+)/gi),
  ].map((name) => expand(unquoted(name), values));
  return named.filter((name) => name !== "" && !stages.has(name) && !/^\d+$/.test(name));
}

/** `ARG`s before the first stage, which are what the name of a base may be made of. */
function declaredIn(head: string): Arguments {
  const words = all(head, /^\s*ARG\s+(.*)$/gim).join(" ");
  const pairs = [...words.matchAll(/(\w+)=("[^"]*"|'[^']*'|\S*)/g)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, unquoted(value)]));
}

/** Variables, plain or in braces, there also with what stands for one without a value (`:-`) or with one (`:+`). */
function expand(name: string, values: Arguments): string {
  const valueOf = (_all: string, plain?: string, braced?: string, sign?: string, word?: string): string => {
    const value = values[plain ?? braced ?? ""] ?? "";
    if (sign === "+") return value === "" ? "" : (word ?? "");
    return value === "" ? (word ?? "") : value;
  };
  return name.replace(/\$(?:(\w+)|\{(\w+)(?::?([-+])([^}]*))?\})/g, valueOf);
}

function contextsOf(build: ObjectValue): string[] {
  return texts(build["additional_contexts"]).map((context) => context.split("=")[0] ?? "");
}

function imagesBeside(build: ObjectValue): string[] {
  const contexts = texts(build["additional_contexts"]).flatMap((context) => all(context, /=docker-image:\/\/(\S+)/g));
  const caches = [...texts(build["cache_from"]), ...texts(build["cache_to"])].flatMap(cacheImage);
  return [...contexts, ...caches];
}

/** A cache is an image by its name, or by fields of which one says so: `type=registry,ref=NAME`. */
function cacheImage(cache: string): string[] {
  if (!cache.includes("=")) return [cache];
  const fields = Object.fromEntries(cache.split(",").map((field) => field.split("=", 2) as [string, string]));
  return fields["type"] === "registry" && fields["ref"] ? [fields["ref"]] : [];
}

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, first = ""]) => first);

const unquoted = (word: string): string => word.replace(/^(["'])(.*)\1$/, "$2");
