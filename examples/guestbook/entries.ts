import { createPool, type Pool, type PoolConnection, type ResultSetHeader, type RowDataPacket } from "mysql2/promise";
import type { DatabaseEndpoint } from "./config";
import { withDeadline } from "./deadline";
import type { Draft, Entry } from "./entry";
import { codeOf, ensureSchema } from "./schema";

/** Where the entries are kept. */
export interface EntryStore {
  /** Resolves when the database answers and the schema exists (it is created if need be). */
  check(): Promise<void>;
  /** The latest entries, newest first. */
  latest(): Promise<readonly Entry[]>;
  /** Resolves when the entry is durable. A request that comes again, by its id, makes none: it gets the entry of the first time. */
  add(draft: Draft, requestId?: string): Promise<Entry>;
  close(): Promise<void>;
}

export const LATEST_ENTRIES = 50;

const CONNECT_TIMEOUT_MS = 2000;
const QUERY_TIMEOUT_MS = 3000;
const ANSWER_TIMEOUT_MS = 4000;

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
    return this.use((connection) => ensureSchema(connection, QUERY_TIMEOUT_MS));
  }

  latest(): Promise<readonly Entry[]> {
    return this.use(async (connection) => {
      const sql = `SELECT ${COLUMNS} FROM entries ORDER BY id DESC LIMIT ${String(LATEST_ENTRIES)}`;
      const [rows] = await connection.query<EntryRow[]>({ sql, timeout: QUERY_TIMEOUT_MS });
      return rows.map(toEntry);
    });
  }

  add(draft: Draft, requestId?: string): Promise<Entry> {
    return this.use(async (connection) => {
      try {
        return await insert(connection, draft, requestId);
      } catch (error) {
        const first = codeOf(error) === "ER_DUP_ENTRY" ? await select(connection, "request_id", requestId) : undefined;
        if (first === undefined) throw error;
        return first;
      }
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
      if (codeOf(error).startsWith("ER_")) connection.release();
      else connection.destroy();
      throw error;
    }
  }
}

async function insert(connection: PoolConnection, { name, message }: Draft, requestId?: string): Promise<Entry> {
  const sql = "INSERT INTO entries (name, message, request_id) VALUES (?, ?, ?)";
  const [{ insertId }] = await connection.query<ResultSetHeader>({ sql, timeout: QUERY_TIMEOUT_MS }, [name, message, requestId ?? null]);
  // Deleted by someone else in between: stored all the same.
  return (await select(connection, "id", insertId)) ?? { id: insertId, name, message, createdAt: new Date().toISOString() };
}

async function select(connection: PoolConnection, column: "id" | "request_id", value: unknown): Promise<Entry | undefined> {
  const sql = `SELECT ${COLUMNS} FROM entries WHERE ${column} = ?`;
  const [[row]] = await connection.query<EntryRow[]>({ sql, timeout: QUERY_TIMEOUT_MS }, [value]);
  return row && toEntry(row);
}

function toEntry({ id, name, message, seconds }: EntryRow): Entry {
  return { id, name, message, createdAt: new Date(Math.round(Number(seconds) * 1000)).toISOString() };
}
