import { blocks, flag, integer, text, textMap, texts, type ObjectValue } from "../value";

/** The command line of `docker buildx build` for a build; its context comes by standard input unless it is a remote one. */
export function buildxArguments(name: string, build: ObjectValue): string[] {
  const remote = text(build["remote_context"]);
  return [
    ...["buildx", "build", "--progress=plain", "--load", `--tag=${name}`],
    ...one("file", text(build["dockerfile"]) || "Dockerfile"),
    ...one("builder", text(build["builder"])),
    ...one("target", text(build["target"])),
    ...one("platform", text(build["platform"])),
    ...one("network", text(build["network_mode"])),
    ...one("cgroup-parent", text(build["cgroup_parent"])),
    ...one("shm-size", integer(build["shm_size"])),
    ...one("provenance", text(build["provenance"])),
    ...one("sbom", text(build["sbom"])),
    ...one("no-cache", flag(build["no_cache"])),
    ...one("pull", flag(build["pull_parent"])),
    ...lists(build),
    remote || "-",
  ];
}

function lists(build: ObjectValue): string[] {
  const labels = { ...textMap(build["labels"]), ...textMap(build["label"]) };
  const ulimits = blocks(build["ulimit"]).map(
    ({ name, soft, hard }) => `${text(name) ?? ""}=${String(integer(soft))}:${String(integer(hard))}`,
  );
  return [
    ...each("build-arg", pairs(textMap(build["build_args"]))),
    ...each("label", pairs(labels)),
    ...each("build-context", texts(build["additional_contexts"])),
    ...each("cache-from", texts(build["cache_from"])),
    ...each("cache-to", texts(build["cache_to"])),
    ...each("add-host", texts(build["extra_hosts"])),
    ...each("ulimit", ulimits),
    ...each("secret", blocks(build["secrets"]).map(secret)),
  ];
}

/** Names where the value is, never the value. The client reads the fields as a line of CSV. */
function secret(block: ObjectValue): string {
  const fields = { id: text(block["id"]), env: text(block["env"]), src: text(block["src"]) };
  return Object.entries(fields)
    .flatMap(([key, value]) => (value ? [field(`${key}=${value}`)] : []))
    .join(",");
}

const field = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

const one = (option: string, value: string | number | boolean | undefined): string[] => (value ? [`--${option}=${String(value)}`] : []);

const each = (option: string, values: readonly string[]): string[] => values.map((value) => `--${option}=${value}`);

const pairs = (map: Record<string, string>): string[] => Object.entries(map).map(([key, value]) => `${key}=${value}`);
