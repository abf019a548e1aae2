import { Construct } from "constructs";
import { ConstructError } from "../errors";
import type { Administration } from "./administration";
import { MIGRATION, migrationWords, type Version } from "./migration-sql";
import type { ServerJob } from "../server-job";

/** SQL by `NUMBER` or `NUMBER-NAME`, with or without `.sql`: what `ConfigVolume.files` reads from a directory. */
export type MigrationTexts = Readonly<Record<string, string | Uint8Array>>;

export interface MigrationsProps {
  readonly administration: Administration;
  readonly database: string;
  readonly texts: MigrationTexts;
}

/** What a job's words carry with ease. */
const MAX_BYTES = 1024 * 1024;

/** The steps of one database's schema, each a job that comes after the one before it. */
export class Migrations extends Construct {
  /** @throws ConstructError `MYSQL_MIGRATION` for a name without a number, a number that comes twice, an empty text, and none at all */
  constructor(scope: Construct, id: string, props: MigrationsProps) {
    super(scope, id);
    let last: ServerJob | undefined;
    for (const version of inOrder(this, props.texts)) last = this.add(props, version, last);
    if (last === undefined)
      throw new ConstructError("MYSQL_MIGRATION", "migrations must be one at least, got none; leave the call out", this);
  }

  private add({ administration, database }: MigrationsProps, version: Version, last?: ServerJob): ServerJob {
    const job = administration.job(this, String(version.number), MIGRATION, () => migrationWords(database, version));
    if (last !== undefined) job.workload.addDependency(last.container);
    return job;
  }
}

const NAME = /^(\d{1,9})(?:[-_]\w[\w-]*)?(?:\.sql)?$/;

function inOrder(scope: Construct, texts: MigrationTexts): Version[] {
  const fail = (message: string): never => {
    throw new ConstructError("MYSQL_MIGRATION", message, scope);
  };
  const seen = new Map<number, string>();
  const versions = Object.entries(texts).map(([key, text]) => {
    const number = Number(
      NAME.exec(key)?.[1] ?? fail(`name must be a number, then "-" and a word, got ${JSON.stringify(key)}; use "1-visits"`),
    );
    const twin = seen.get(number);
    if (twin !== undefined) fail(`number must be one migration's, got "${twin}" and "${key}"; give one a higher number`);
    const content = Buffer.from(text);
    if (content.length > MAX_BYTES) fail(`migration must be at most 1 MiB, got ${String(content.length)} bytes in "${key}"; part it`);
    if (typeof text === "string" && /\p{Surrogate}/u.test(text))
      fail(`migration must be whole Unicode characters, got half of a surrogate pair in "${key}"; give bytes`);
    if (content.length === 0) fail(`migration must hold SQL, got nothing in "${key}"; leave it out`);
    seen.set(number, key);
    return { number, name: key.replace(/\.sql$/, ""), content };
  });
  return versions.sort((a, b) => a.number - b.number);
}
