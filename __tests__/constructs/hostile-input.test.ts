import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import {
  BridgeNetwork,
  ConfigVolume,
  ConstructError,
  ContainerImage,
  Health,
  MySql,
  Service,
  Storage,
  Tls,
  WebTier,
  type ServiceProps,
  type WebTierProps,
} from "../../constructs";
import { HOSTILE, hostileText, MEBIBYTE } from "../hostile-texts";
import { container, shopImage, synth, type Attributes, type TerraformJson } from "./synth";

/** A prop that takes a text, and where Terraform gets it. */
interface Place {
  readonly declare: (stack: TerraformStack, text: string) => unknown;
  readonly read: (json: TerraformJson) => unknown;
}

const HEALTH = Health.shell("true");
const service = (stack: TerraformStack, props: Partial<ServiceProps>): Service =>
  new Service(stack, "Shop", { image: shopImage(), memoryMiB: 64, health: HEALTH, ...props });
const shop = (json: TerraformJson): Attributes => container(json, "Shop/Replica1");
const first = (value: unknown): unknown => (value as unknown[])[0];
const bind = (target: string) => ({ type: "bind", source: "/srv/a", target, readOnly: true, reference: () => "/srv/a" }) as const;
const labelled = (json: TerraformJson): { label: string; value: string } | undefined =>
  (shop(json)["labels"] as { label: string; value: string }[]).find(({ label }) => !label.startsWith("docker-tiers."));
const upload = (json: TerraformJson, path: string): { file: string; content?: string; content_base64?: string } =>
  first(container(json, path)["upload"]) as { file: string };
const content = (json: TerraformJson, path: string, name?: string): string | undefined => {
  const uploads = container(json, path)["upload"] as { file: string; content?: string; content_base64?: string }[];
  const { content: plain, content_base64: encoded } = uploads.find(({ file }) => name === undefined || file.endsWith(`/${name}`)) ?? {};
  return encoded === undefined ? plain : Buffer.from(encoded, "base64").toString();
};
const edge = (stack: TerraformStack): BridgeNetwork => new BridgeNetwork(stack, "Edge");
const webTier = (stack: TerraformStack, path: string, alias = "shop"): WebTier =>
  new WebTier(stack, "Web", { memoryMiB: 32, routes: { [path]: service(stack, { network: edge(stack), port: 3000, alias }) } });
const tierOf = (stack: TerraformStack, props: Partial<WebTierProps>): WebTier =>
  new WebTier(stack, "Web", { memoryMiB: 32, routes: { "/": service(stack, { network: edge(stack), port: 3000 }) }, ...props });
const nginx = (json: TerraformJson): string => content(json, "Web/Config/Loader", "nginx.conf") ?? "";

const PLACES: Readonly<Record<string, Place>> = {
  "value of a variable": {
    declare: (stack, text) => service(stack, { environment: { X: text } }),
    read: (json) => String(first(shop(json)["env"])).slice(2),
  },
  "name of a variable": {
    declare: (stack, text) => service(stack, { environment: { [text]: "x" } }),
    read: (json) => String(first(shop(json)["env"])).replace(/=x$/, ""),
  },
  "word of a command": { declare: (stack, text) => service(stack, { command: [text] }), read: (json) => first(shop(json)["command"]) },
  "word of an entrypoint": {
    declare: (stack, text) => service(stack, { entrypoint: [text] }),
    read: (json) => first(shop(json)["entrypoint"]),
  },
  "word of a probe": {
    declare: (stack, text) => service(stack, { health: Health.command([text]) }),
    read: (json) => (first(shop(json)["healthcheck"]) as { test: string[] }).test[1],
  },
  "name of a label": { declare: (stack, text) => service(stack, { labels: { [text]: "x" } }), read: (json) => labelled(json)?.label },
  "value of a label": { declare: (stack, text) => service(stack, { labels: { x: text } }), read: (json) => labelled(json)?.value },
  "stop signal": { declare: (stack, text) => service(stack, { stopSignal: text }), read: (json) => shop(json)["stop_signal"] },
  capability: {
    declare: (stack, text) => service(stack, { capabilities: [text] }),
    read: (json) => first((first(shop(json)["capabilities"]) as { add: unknown }).add),
  },
  "target of a mount": {
    declare: (stack, text) => service(stack, { mounts: [bind(text)] }),
    read: (json) => (first(shop(json)["mounts"]) as { target: string }).target,
  },
  "path of a configuration file": {
    declare: (stack, text) => new ConfigVolume(stack, "Config", { image: shopImage(), files: { [text]: "x" } }),
    read: (json) => upload(json, "Config/Loader").file.replace("/config/", ""),
  },
  "content of a configuration file": {
    declare: (stack, text) => new ConfigVolume(stack, "Config", { image: shopImage(), files: { x: text } }),
    read: (json) => content(json, "Config/Loader"),
  },
  "first statements of a database": {
    declare: (stack, text) => new MySql(stack, "Db", { memoryMiB: 256, initSql: text }),
    read: (json) => content(json, "Db/InitSql/Loader"),
  },
  "name of a database": {
    declare: (stack, text) => new MySql(stack, "Db", { memoryMiB: 256, database: text }),
    read: (json) => variable(json, "MYSQL_DATABASE"),
  },
  "user of a database": {
    declare: (stack, text) => new MySql(stack, "Db", { memoryMiB: 256, user: text }),
    read: (json) => variable(json, "MYSQL_USER"),
  },
  "database of a client": {
    declare: (stack, text) => {
      new MySql(stack, "Db", { memoryMiB: 256 }).allowFrom(service(stack, {}), { as: "DATABASE", database: text });
    },
    read: (json) => (shop(json)["env"] as string[]).find((each) => each.startsWith("DATABASE_NAME="))?.slice("DATABASE_NAME=".length),
  },
  "name of a migration": {
    declare: (stack, text) => {
      new MySql(stack, "Db", { memoryMiB: 256 }).migrate({ [text]: "SELECT 1" });
    },
    read: () => undefined,
  },
  "text of a migration": {
    declare: (stack, text) => {
      new MySql(stack, "Db", { memoryMiB: 256 }).migrate({ "1": text });
    },
    read: (json) => {
      const [form, ...pieces] = (container(json, "Db/Migration-app/1/Resource")["command"] as string[]).slice(7);
      return form === "plain" ? pieces[0] : Buffer.from(pieces.join(""), "base64").toString();
    },
  },
  "directory of the host": {
    declare: (stack, text) => new MySql(stack, "Db", { memoryMiB: 256, storage: Storage.hostDirectory(text) }),
    read: (json) =>
      (container(json, "Db/Resource")["mounts"] as { source: string; type: string }[]).find(({ type }) => type === "bind")?.source,
  },
  "name of an image": {
    declare: (stack, text) => service(stack, { image: ContainerImage.fromRegistry(text) }),
    read: (json) => Object.values(json.resource?.["docker_image"] ?? {})[0]?.["name"],
  },
  "path of a route": { declare: (stack, text) => webTier(stack, text), read: (json) => /location (?:= )?(\S+)/.exec(nginx(json))?.[1] },
  alias: { declare: (stack, text) => webTier(stack, "/", text), read: (json) => /server (\S+):3000/.exec(nginx(json))?.[1] },
  "host of a route": {
    declare: (stack, text) => {
      const routes = [{ service: service(stack, { network: edge(stack), port: 3000 }), host: text }];
      return new WebTier(stack, "Web", { memoryMiB: 32, routes });
    },
    read: (json) => /server_name (\S+);/.exec(nginx(json))?.[1],
  },
  "value of a header": {
    declare: (stack, text) => tierOf(stack, { http: { headers: { "X-Hostile": text } } }),
    read: (json) => /\$header_x_hostile \{\n.*\n +"" "(.*)";\n/.exec(nginx(json))?.[1]?.replace(/\\(["\\])/g, "$1"),
  },
  "name of a header": {
    declare: (stack, text) => tierOf(stack, { http: { headers: { [text]: "x" } } }),
    read: (json) => /add_header (?!X-Content|X-Frame|Referrer)(\S+)/.exec(nginx(json))?.[1],
  },
  "private path": {
    declare: (stack, text) => tierOf(stack, { http: { privatePaths: [text] } }),
    read: (json) => /location = (\S+) \{\n *return 404/.exec(nginx(json))?.[1],
  },
  "nginx's own directives": {
    declare: (stack, text) => tierOf(stack, { http: { fragments: { server: text } } }),
    read: (json) => content(json, "Web/Config/Loader", "server.conf"),
  },
  "directory of a certificate": {
    declare: (stack, text) => tierOf(stack, { tls: Tls.fromHostPath(text) }),
    read: (json) =>
      (container(json, "Web/Resource")["mounts"] as { source: string; type: string }[]).find(({ type }) => type === "bind")?.source,
  },
  "file of a certificate": {
    declare: (stack, text) => tierOf(stack, { tls: Tls.fromHostPath("/srv/certificates", { certificate: text }) }),
    read: (json) => /ssl_certificate \/certificate\/(\S+);/.exec(nginx(json))?.[1],
  },
  "id of a construct": {
    declare: (stack, text) => new Service(stack, text, { image: shopImage(), memoryMiB: 64, health: HEALTH }),
    read: (json) => Object.keys(json.resource?.["docker_container"] ?? {}).length && undefined,
  },
};

const variable = (json: TerraformJson, name: string): string | undefined =>
  (container(json, "Db/Resource")["env"] as string[]).find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);

/** What Terraform makes of a string without expressions. */
const evaluated = (template: unknown): unknown => (typeof template === "string" ? template.replace(/([$%])\1\{/g, "$1{") : template);

/** Strings that Terraform would evaluate, other than references to what the constructs declare themselves. */
function expressions(value: unknown): string[] {
  if (typeof value === "string") {
    return /[$%]\{/.test(value.replace(/([$%])\1\{/g, "·")) && !/^\$\{(data\.)?docker_\w+\.[\w-]+\.\w+\}$/.test(value) ? [value] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === "//" ? [] : [...expressions(key), ...expressions(item)]));
}

/** What the library of constructs refuses itself: an empty id, and what its table of children has from the start. */
const BY_CONSTRUCTS = new RegExp(
  `Only root constructs may have an empty ID|already a Construct with name '(${Object.getOwnPropertyNames(Object.prototype).join("|")})'`,
);

/** Refused, or handed on as it is. */
function holds({ declare, read }: Place, text: string): "refused" | "literal" {
  let json: TerraformJson;
  try {
    json = synth((stack) => void declare(stack, text));
  } catch (error) {
    if (error instanceof ConstructError || BY_CONSTRUCTS.test(String(error))) return "refused";
    throw error;
  }
  expect(expressions(json.resource)).toEqual([]);
  const found = evaluated(read(json));
  if (found !== undefined) expect(found).toBe(text);
  return "literal";
}

describe("hostile text", () => {
  it.each(Object.entries(PLACES))("as %s is refused or handed on as it is", (_name, place) => {
    for (const text of [...HOSTILE, "valueOf", "constructor", MEBIBYTE]) holds(place, text);
    fc.assert(
      fc.property(hostileText, (text) => void holds(place, text)),
      { numRuns: 8 },
    );
  });

  it("is handed on where any text makes sense, and refused where only names do", () => {
    const outcomes = (name: string): Set<string> =>
      new Set(
        ["${a}", "' OR 1=1", "한국어", "a\nb"].map((text) =>
          holds(PLACES[name] ?? { declare: () => undefined, read: () => undefined }, text),
        ),
      );
    for (const name of ["value of a variable", "word of a command", "value of a label", "content of a configuration file"])
      expect([name, outcomes(name)]).toEqual([name, new Set(["literal"])]);
    for (const name of [
      "name of a variable",
      "name of a database",
      "user of a database",
      "database of a client",
      "name of a migration",
      "path of a route",
      "host of a route",
      "name of a header",
      "private path",
      "file of a certificate",
      "alias",
      "stop signal",
      "id of a construct",
    ])
      expect([name, outcomes(name)]).toEqual([name, new Set(["refused"])]);
  });
});
