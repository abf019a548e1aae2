import { createPool, type Pool, type PoolConnection, type ResultSetHeader, type RowDataPacket } from "mysql2/promise";
import type { DatabaseEndpoint } from "./config";
import { withDeadline } from "./deadline";
import type { Draft, Entry } from "./entry";

/** Where the entries are kept. */
export interface EntryStore {
  /** Resolves when the database answers and the schema exists (it is created if need be). */
  check(): Promise<void>;
  /** The latest entries, newest first. */
  latest(): Promise<readonly Entry[]>;
  /** Resolves when the entry is durable. */
  add(draft: Draft): Promise<Entry>;
  close(): Promise<void>;
}

export const LATEST_ENTRIES = 50;

const CONNECT_TIMEOUT_MS = 2000;
const QUERY_TIMEOUT_MS = 3000;
const ANSWER_TIMEOUT_MS = 4000;

const SCHEMA = `CREATE TABLE IF NOT EXISTS entries (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  message VARCHAR(1000) NOT NULL,
  created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4`;

// UNIX_TIMESTAMP, since a bare timestamp would depend on the session's time zone.
const COLUMNS = "id, name, message, UNIX_TIMESTAMP(created_at) AS seconds";

interface EntryRow extends RowDataPacket {
  id: number;
  name: string;
  message: string;
  /** DECIMAL: the driver hands it over as text. */
  seconds: string;
}

/** Entries in MySQL, over a pool that outlives outages of the database. */
export class MySqlEntries implements EntryStore {
  private readonly pool: Pool;

  constructor(endpoint: DatabaseEndpoint) {
    this.pool = createPool({
      ...endpoint,
      charset: "utf8mb4",
      connectionLimit: 5,
      queueLimit: 100,
      connectTimeout: CONNECT_TIMEOUT_MS,
      idleTimeout: 30_000,
      maxIdle: 2,
    });
  }

  check(): Promise<void> {
    return this.use(async (connection) => {
      try {
        await connection.query({ sql: "SELECT 1 FROM entries LIMIT 1", timeout: QUERY_TIMEOUT_MS });
      } catch (error) {
        if (!hasCode(error, "ER_NO_SUCH_TABLE")) throw error;
        await connection.query({ sql: SCHEMA, timeout: QUERY_TIMEOUT_MS });
      }
    });
  }

  latest(): Promise<readonly Entry[]> {
    return this.use(async (connection) => {
      const sql = `SELECT ${COLUMNS} FROM entries ORDER BY id DESC LIMIT ${String(LATEST_ENTRIES)}`;
      const [rows] = await connection.query<EntryRow[]>({ sql, timeout: QUERY_TIMEOUT_MS });
      return rows.map(toEntry);
    });
  }

  add({ name, message }: Draft): Promise<Entry> {
    return this.use(async (connection) => {
      const sql = "INSERT INTO entries (name, message) VALUES (?, ?)";
      const [{ insertId }] = await connection.query<ResultSetHeader>({ sql, timeout: QUERY_TIMEOUT_MS }, [name, message]);
      const read = { sql: `SELECT ${COLUMNS} FROM entries WHERE id = ?`, timeout: QUERY_TIMEOUT_MS };
      const [[row]] = await connection.query<EntryRow[]>(read, [insertId]);
      // Deleted by someone else in between: stored all the same.
      return row ? toEntry(row) : { id: insertId, name, message, createdAt: new Date().toISOString() };
    });
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private use<T>(work: (connection: PoolConnection) => Promise<T>): Promise<T> {
    return withDeadline(this.withConnection(work), ANSWER_TIMEOUT_MS, "the database");
  }

  private async withConnection<T>(work: (connection: PoolConnection) => Promise<T>): Promise<T> {
    const connection = await this.pool.getConnection();
    try {
      const result = await work(connection);
      connection.release();
      return result;
    } catch (error) {
      // A connection whose query timed out or broke off never becomes free by itself: it must not go back.
      if (hasCode(error, "ER_")) connection.release();
      else connection.destroy();
      throw error;
    }
  }
}

function toEntry({ id, name, message, seconds }: EntryRow): Entry {
  return { id, name, message, createdAt: new Date(Math.round(Number(seconds) * 1000)).toISOString() };
}

function hasCode(error: unknown, prefix: string): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith(prefix);
}
