import { ConfigError, loadConfig } from "../../../examples/guestbook/config";

const complete = {
  DATABASE_HOST: "database",
  DATABASE_NAME: "guestbook",
  DATABASE_USER: "app",
  DATABASE_PASSWORD_FILE: "/run/secrets/database/password",
  CACHE_HOST: "cache",
  CACHE_PASSWORD_FILE: "/run/secrets/cache/password",
};

const files = new Map([
  ["/run/secrets/database/password", "planted-database\n"],
  ["/run/secrets/cache/password", "planted-cache"],
]);

function readFile(path: string): string {
  const text = files.get(path);
  if (text === undefined) throw Object.assign(new Error(`no such file ${path}`), { code: "ENOENT" });
  return text;
}

function faults(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment, readFile);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe("loadConfig", () => {
  it("fills in the usual ports and takes passwords from files, without the final line break", () => {
    expect(loadConfig(complete, readFile)).toEqual({
      port: 3000,
      database: { host: "database", port: 3306, database: "guestbook", user: "app", password: "planted-database" },
      cache: { host: "cache", port: 6379, password: "planted-cache" },
    });
  });

  it("takes ports from the environment", () => {
    const config = loadConfig({ ...complete, PORT: "8080", DATABASE_PORT: "3307", CACHE_PORT: "65535" }, readFile);
    expect([config.port, config.database.port, config.cache.port]).toEqual([8080, 3307, 65535]);
  });

  it("fails with every fault at once when nothing is set", () => {
    expect(faults({})).toEqual(
      ["DATABASE_HOST", "DATABASE_NAME", "DATABASE_USER", "DATABASE_PASSWORD_FILE", "CACHE_HOST", "CACHE_PASSWORD_FILE"].map(
        (key) => `CONFIG: ${key} must be set, got nothing; fix the environment of the guestbook`,
      ),
    );
  });

  it.each(["0", "65536", "http", "-1", "3e3", " 80"])("fails for the port %j", (port) => {
    expect(faults({ ...complete, PORT: port })).toEqual([
      `CONFIG: PORT must be a port from 1 to 65535, got ${JSON.stringify(port)}; fix the environment of the guestbook`,
    ]);
  });

  it("fails for a password file that is missing or empty, naming the path and never a content", () => {
    files.set("/empty", "\n");
    expect(faults({ ...complete, DATABASE_PASSWORD_FILE: "/empty", CACHE_PASSWORD_FILE: "/absent" })).toEqual([
      "CONFIG: DATABASE_PASSWORD_FILE must name a file that holds the password, got an empty file at /empty; fix the environment of the guestbook",
      "CONFIG: CACHE_PASSWORD_FILE must name a readable file, got /absent (ENOENT); fix the environment of the guestbook",
    ]);
  });
});
