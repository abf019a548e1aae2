import { posix } from "node:path";
import { containerRule } from "../rule";

/** The directories that docker-bench-security 1.6 looks for, and where engine, kernel and accounts keep theirs. */
const SENSITIVE = [
  "/boot",
  "/dev",
  "/etc",
  "/lib",
  "/lib64",
  "/bin",
  "/sbin",
  "/proc",
  "/sys",
  "/usr",
  "/root",
  "/run",
  "/var/run",
  "/var/lib/docker",
];

const isSensitive = (path: string): boolean =>
  path === "/" ||
  ["/var", "/var/lib"].includes(path) ||
  SENSITIVE.some((directory) => path === directory || path.startsWith(`${directory}/`));

export const hostDirectories = containerRule(
  {
    id: "CIS-5.6",
    severity: "error",
    cis: "5.6",
    owasp: [],
    must: "no directory of the system must be mounted",
    why: "who writes there owns the host",
    mend: "use Storage.volume(), or Storage.hostDirectory() with a directory such as /srv/data",
    check: ({ hostPaths }) => hostPaths.map((path) => posix.normalize(path).replace(/(.)\/$/, "$1")).filter(isSensitive),
  },
  () => true,
);
