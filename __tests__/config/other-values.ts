import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A value of each setting that differs from its default in `dev`. */
const OTHER_VALUES = {
  HOST: "tcp://10.0.0.5:2376",
  PROVIDER: "kreuzwerker",
  PROJECT: "@team/other",
  WEB_PORT: "81",
  WEB_BIND_ADDRESS: "::1",
  WEB_REPLICAS: "5",
  WEB_MEMORY_MIB: "65",
  APP_IMAGE: "registry.example/shop:1.4.2",
  APP_MEMORY_MIB: "129",
  MYSQL_IMAGE: "mysql:8.4.11",
  MYSQL_MEMORY_MIB: "385",
  MYSQL_DATABASE: "shop",
  MYSQL_STORAGE: "/srv/data/mysql",
  REDIS_IMAGE: "redis:8.10.1-alpine",
  REDIS_MEMORY_MIB: "66",
  LOG_MAX_SIZE_MIB: "11",
  LOG_MAX_FILES: "4",
  STATE: "gs://states/shop",
  HOST_MEMORY_MIB: "256",
  POLICY_SEVERITIES: "CIS-5.8=off, TIERS-HOST-MEMORY=error",
} as const;

/** Calls back with a value of each setting that differs from its default, and with a directory of certificates that is gone afterwards. */
export function withOtherValues<T>(use: (values: Readonly<Record<string, string>>) => T): T {
  const directory = mkdtempSync(join(tmpdir(), "docker-tiers-certificates-"));
  try {
    for (const name of ["ca.pem", "cert.pem", "key.pem"]) writeFileSync(join(directory, name), "");
    return use({ ...OTHER_VALUES, TLS_CERT_PATH: directory });
  } finally {
    rmSync(directory, { recursive: true });
  }
}
