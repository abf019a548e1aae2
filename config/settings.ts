import { ipAddress } from "./rules/address";
import { oneOf } from "./rules/choice";
import { databaseName } from "./rules/database-name";
import { dataDirectoryOr, localDirectory } from "./rules/directory";
import { dockerHost } from "./rules/docker-host";
import { imageOr } from "./rules/image";
import { mebibytes, wholeNumber } from "./rules/number";
import { projectName } from "./rules/project";
import type { Rule } from "./rules/rule";
import { severities } from "./rules/severities";
import { state } from "./rules/state";
import { setting, type Setting } from "./setting";

/** The same rule for a setting that may be absent. */
const optional = <T>(present: Rule<T>): Rule<T | undefined> => present;

const certificates: Rule<string | undefined> = localDirectory("ca.pem, cert.pem and key.pem");

/** Every setting, in the order in which they are documented. */
export const settings = {
  host: setting("HOST", "The Docker engine that the environment runs on.", dockerHost, "unix:///var/run/docker.sock"),
  tlsCertPath: setting("TLS_CERT_PATH", "Client certificates for a tcp:// host; other hosts do not read it.", certificates, undefined),
  provider: setting(
    "PROVIDER",
    "The Terraform provider: the one that comes with this package, or the public one from a Terraform registry.",
    oneOf("embedded", "kreuzwerker"),
    "embedded",
  ),
  project: setting(
    "PROJECT",
    "Whose objects on the host they are: those of another project are never taken over. Without it the name in package.json counts.",
    optional(projectName),
    undefined,
  ),
  webPort: setting("WEB_PORT", "Port of the host that the web tier is published on.", wholeNumber(1, 65_535), 8080, 8081, 80),
  webBindAddress: setting(
    "WEB_BIND_ADDRESS",
    "Address of the host that the web tier is published on. A published port passes by the host's firewall, " +
      "so the web tier stays on loopback until an interface is named.",
    ipAddress,
    "127.0.0.1",
  ),
  webReplicas: setting("WEB_REPLICAS", "Number of replicas of the application behind the web tier.", wholeNumber(1, 100), 2, 2, 3),
  webMemoryMiB: setting("WEB_MEMORY_MIB", "Memory cap of the web tier, in MiB.", mebibytes(16), 64, 64, 128),
  appImage: setting(
    "APP_IMAGE",
    "Image of the application; build makes the guestbook of this repository.",
    imageOr("build", "registry.example/shop:1.4.2"),
    "build",
  ),
  appMemoryMiB: setting("APP_MEMORY_MIB", "Memory cap of each replica of the application, in MiB.", mebibytes(64), 128, 128, 256),
  mysqlImage: setting(
    "MYSQL_IMAGE",
    "Image of the database; packages builds MySQL from the distribution's packages, without a registry.",
    imageOr("packages", "mysql:8.4.11"),
    "packages",
  ),
  mysqlMemoryMiB: setting("MYSQL_MEMORY_MIB", "Memory cap of the database, in MiB.", mebibytes(256), 384, 512, 1024),
  mysqlDatabase: setting("MYSQL_DATABASE", "Name of the application's database.", databaseName, "guestbook"),
  mysqlStorage: setting(
    "MYSQL_STORAGE",
    "Where the database's data lies: volume is a named Docker volume that is kept when the stack is destroyed.",
    dataDirectoryOr("volume"),
    "volume",
  ),
  redisImage: setting(
    "REDIS_IMAGE",
    "Image of the cache; packages builds Redis from the distribution's packages, without a registry.",
    imageOr("packages", "redis:8.10.1-alpine"),
    "packages",
  ),
  redisMemoryMiB: setting("REDIS_MEMORY_MIB", "Memory cap of the cache, in MiB.", mebibytes(16), 64, 128, 256),
  logMaxSizeMiB: setting("LOG_MAX_SIZE_MIB", "Size at which a container's log file is rotated, in MiB.", mebibytes(1, 1024), 10),
  logMaxFiles: setting("LOG_MAX_FILES", "Number of log files that are kept for each container.", wholeNumber(1, 100), 3, 3, 10),
  state: setting(
    "STATE",
    "Where Terraform keeps the state, with a lock while it works; the stack's name is added. Credentials come from the variables of whoever runs it.",
    state,
    "local",
  ),
  hostMemoryMiB: setting(
    "HOST_MEMORY_MIB",
    "Memory of the host that the stack may use, in MiB: the caps of all its containers that stay must fit into it.",
    optional(mebibytes(64)),
    undefined,
  ),
  policySeverities: setting(
    "POLICY_SEVERITIES",
    "What rules of docs/policies.md weigh here: an error stops the plan, a warning is told, off is not.",
    severities,
    undefined,
  ),
} as const;

/** The settings as a list, for what documents or looks them up. */
export const settingList: readonly Setting[] = Object.values(settings);
