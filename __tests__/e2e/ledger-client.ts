import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createConnection, type Connection, type RowDataPacket } from "mysql2/promise";

const CLIENTS = 8;
const { DATABASE_HOST = "", DATABASE_PORT = "", DATABASE_NAME = "", DATABASE_USER = "", DATABASE_PASSWORD_FILE = "" } = process.env;

async function connect(): Promise<Connection> {
  const connection = await createConnection({
    host: DATABASE_HOST,
    port: Number(DATABASE_PORT),
    database: DATABASE_NAME,
    user: DATABASE_USER,
    password: readFileSync(DATABASE_PASSWORD_FILE, "utf8").trim(),
    connectTimeout: 2000,
  });
  // Broken off while idle: the next statement fails, which is enough.
  connection.on("error", () => undefined);
  await connection.query("CREATE TABLE IF NOT EXISTS e2e_ledger (token CHAR(36) PRIMARY KEY)");
  return connection;
}

/** Inserts for ever; a line for each row once it has been acknowledged. */
async function insert(): Promise<never> {
  let connection: Connection | undefined;
  for (;;) {
    const token = randomUUID();
    try {
      connection ??= await connect();
      await connection.query({ sql: "INSERT INTO e2e_ledger VALUES (?)", timeout: 5000 }, [token]);
      process.stdout.write(`${token}\n`);
    } catch {
      connection?.destroy();
      connection = undefined;
      process.stdout.write("failed\n");
      await sleep(100);
    }
  }
}

async function read(): Promise<void> {
  const connection = await connect();
  const [rows] = await connection.query<RowDataPacket[]>("SELECT token FROM e2e_ledger");
  process.stdout.write(rows.map(({ token }) => `${String(token)}\n`).join(""));
  await connection.end();
}

if (process.argv[2] === "read") void read();
else void Promise.all(Array.from({ length: CLIENTS }, insert));
