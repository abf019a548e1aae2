import type { PoolConnection } from "mysql2/promise";

const REQUEST_ID = "request_id CHAR(32) CHARACTER SET ascii NULL UNIQUE";

const SCHEMA = `CREATE TABLE IF NOT EXISTS entries (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(80) NOT NULL,
  message VARCHAR(1000) NOT NULL,
  created_at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  ${REQUEST_ID}
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4`;

/** What mends each fault. Replicas of before do not know the column, and go on beside it. */
const MENDED_BY: Readonly<Record<string, string>> = {
  ER_NO_SUCH_TABLE: SCHEMA,
  ER_BAD_FIELD_ERROR: `ALTER TABLE entries ADD COLUMN ${REQUEST_ID}`,
};

/** Resolves when the table is there, with all its columns; makes what is missing. */
export async function ensureSchema(connection: Pick<PoolConnection, "query">, timeout: number): Promise<void> {
  try {
    await connection.query({ sql: "SELECT request_id FROM entries LIMIT 1", timeout });
  } catch (error) {
    const sql = MENDED_BY[codeOf(error)];
    if (sql === undefined) throw error;
    await connection.query({ sql, timeout }).catch((fault: unknown) => {
      // Another replica was first.
      if (codeOf(fault) !== "ER_DUP_FIELDNAME") throw fault;
    });
  }
}

/** The server's or the system's name of a fault. @default - "" */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
