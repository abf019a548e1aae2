import { createHash } from "node:crypto";
import { Construct } from "constructs";
import type { IContainerImage } from "../bound-image";
import { ConfigVolume } from "../config-volume";
import { ConstructError } from "../errors";
import type { Administration } from "./administration";
import { MIGRATION, migrationWords, type Version } from "./migration-sql";
import type { ServerJob } from "./server-job";

/** SQL by `NUMBER` or `NUMBER-NAME`, with or without `.sql`: what {@link ConfigVolume.files} reads from a directory. */
export type MigrationTexts = Readonly<Record<string, string | Uint8Array>>;

export interface MigrationsProps {
  readonly image: IContainerImage;
  readonly administration: Administration;
  readonly database: string;
  readonly texts: MigrationTexts;
}

const DIRECTORY = "/migration";
const FILE = "migration.sql";

/** The steps of one database's schema, each a job that comes after the one before it. */
export class Migrations extends Construct {
  /** @throws ConstructError `MYSQL_MIGRATION` for a name without a number, a number that comes twice, an empty text, and none at all */
  constructor(scope: Construct, id: string, props: MigrationsProps) {
    super(scope, id);
    let last: ServerJob | undefined;
    for (const [version, text] of inOrder(this, props.texts)) last = this.add(props, version, text, last);
    if (last === undefined)
      throw new ConstructError("MYSQL_MIGRATION", "migrations must be one at least, got none; leave the call out", this);
  }

  private add(
    { image, administration, database }: MigrationsProps,
    version: Version,
    text: string | Uint8Array,
    last?: ServerJob,
  ): ServerJob {
    const sum = createHash("sha256").update(text).digest("hex");
    const job = administration.job(this, String(version.number), MIGRATION, () => migrationWords(database, version, sum));
    new ConfigVolume(job, "Sql", { image, files: { [FILE]: text } }).mountInto(job.workload, DIRECTORY);
    if (last !== undefined) job.workload.addDependency(last.container);
    return job;
  }
}

const NAME = /^(\d{1,9})(?:[-_]\w[\w-]*)?(?:\.sql)?$/;

function inOrder(scope: Construct, texts: MigrationTexts): (readonly [Version, string | Uint8Array])[] {
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
    if (text.length === 0) fail(`migration must hold SQL, got nothing in "${key}"; leave it out`);
    seen.set(number, key);
    return [{ number, name: key.replace(/\.sql$/, "") }, text] as const;
  });
  return versions.sort(([a], [b]) => a.number - b.number);
}
