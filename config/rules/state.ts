import { StateBackend } from "../../constructs";
import { isLoopback } from "../../constructs/state-address";
import { accept, refuse, rule, type Outcome, type Rule } from "./rule";

/** What follows `?`, by name; a name that its kind does not know is refused. */
type Options = Readonly<Record<string, string>>;

interface Kind {
  /** How it is written. */
  readonly form: string;
  readonly options: readonly string[];
  /** Undefined when the address lacks something. */
  readonly backend: (url: URL, options: Options) => StateBackend | undefined;
}

// Without what Terraform ($ % { } ") or a shell would read as more than an address.
const SAFE = /^[\w.@+,=~:/?&-]+$/;
const NAME = /^[\w.-]+$/;

const pathOf = ({ pathname }: URL): string => pathname.replace(/^\/+|\/+$/g, "");
const prefixOf = (path: string): { prefix?: string } => (path === "" ? {} : { prefix: path });

/** An option under the name that the backend has for it; nothing where it is not given. */
const given = <K extends string>(options: Options, option: string, as: K): Partial<Record<K, string>> => {
  const value = options[option];
  return value === undefined ? {} : ({ [as]: value } as Record<K, string>);
};

const s3: Kind = {
  form: "s3://BUCKET/PREFIX",
  options: ["region", "endpoint", "lock_table"],
  backend: (url, options) =>
    StateBackend.s3({
      bucket: url.hostname,
      ...prefixOf(pathOf(url)),
      ...given(options, "region", "region"),
      ...given(options, "endpoint", "endpoint"),
      ...given(options, "lock_table", "lockTable"),
    }),
};

const gs: Kind = {
  form: "gs://BUCKET/PREFIX",
  options: [],
  backend: (url) => StateBackend.gcs({ bucket: url.hostname, ...prefixOf(pathOf(url)) }),
};

const azurerm: Kind = {
  form: "azurerm://ACCOUNT/CONTAINER/PREFIX",
  options: ["resource_group"],
  backend: (url, options) => {
    const [container = "", ...prefix] = pathOf(url).split("/");
    if (container === "") return undefined;
    const more = given(options, "resource_group", "resourceGroup");
    return StateBackend.azurerm({ storageAccount: url.hostname, container, ...prefixOf(prefix.join("/")), ...more });
  },
};

const http: Kind = {
  form: "https://HOST/PATH",
  options: ["lock_path", "lock_method", "unlock_method", "update_method"],
  backend: (url, options) =>
    StateBackend.http({
      address: `${url.origin}${url.pathname}`,
      ...given(options, "lock_path", "lockPath"),
      ...given(options, "lock_method", "lockMethod"),
      ...given(options, "unlock_method", "unlockMethod"),
      ...given(options, "update_method", "updateMethod"),
    }),
};

const pg: Kind = {
  form: "postgres://USER@HOST/DATABASE",
  options: ["schema", "sslmode"],
  backend: (url, { schema, sslmode = "verify-full" }) => {
    if (!NAME.test(pathOf(url))) return undefined;
    const user = url.username === "" ? "" : `${url.username}@`;
    const address = `postgres://${user}${url.host}/${pathOf(url)}?sslmode=${sslmode}`;
    return StateBackend.pg({ address, ...(schema === undefined ? {} : { schema }) });
  },
};

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["s3:", s3],
  ["gs:", gs],
  ["azurerm:", azurerm],
  ["https:", http],
  ["http:", http],
  ["postgres:", pg],
]);

const FORMS = [s3, gs, azurerm, http, pg].map(({ form }) => form);

/** The backend that a setting names, or why there is none. */
export function stateBackend(text: string): Outcome<StateBackend> {
  if (text === "local") return accept(StateBackend.local());
  if (!SAFE.test(text) || !URL.canParse(text)) return refuse();
  const url = new URL(text);
  const kind = KINDS.get(url.protocol);
  return kind === undefined ? refuse() : ofKind(kind, url);
}

function ofKind(kind: Kind, url: URL): Outcome<StateBackend> {
  const hint = credentialsHint(url) ?? plainHint(url) ?? optionHint(kind, url);
  if (hint !== undefined) return refuse(hint);
  const backend = url.hostname === "" ? undefined : kind.backend(url, Object.fromEntries(url.searchParams));
  return backend === undefined ? refuse(`write ${kind.form}`) : accept(backend);
}

function credentialsHint(url: URL): string | undefined {
  const free = url.password === "" && (url.username === "" || url.protocol === "postgres:");
  return free ? undefined : "leave out the credentials: Terraform takes them from the variables of whoever runs it";
}

function plainHint(url: URL): string | undefined {
  if (url.protocol !== "http:" || isLoopback(url)) return undefined;
  return `write https:${url.href.slice(url.protocol.length)}: a state tells what runs where, and must not cross a network in clear`;
}

function optionHint({ options }: Kind, url: URL): string | undefined {
  const unknown = [...url.searchParams.keys()].find((name) => !options.includes(name));
  if (unknown === undefined) return undefined;
  return options.length === 0 ? `leave out ${unknown}` : `${unknown} is no option here: ${options.join(", ")}`;
}

/** Where states are kept; the text stays as it is. */
export const state: Rule<string> = rule(`local, or one of ${FORMS.join(", ")}`, (text) => {
  const outcome = stateBackend(text);
  return "value" in outcome ? accept(text) : outcome;
});
