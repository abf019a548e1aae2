import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const page = readFileSync(join(__dirname, "../../docs/images.md"), "utf8");
const tests = readdirSync(__dirname)
  .filter((name) => /\.(daemon|long)\.test\.ts$/.test(name))
  .map((name) => readFileSync(join(__dirname, name), "utf8"))
  .join("\n");

/** What tests each line of the contract, by the line's beginning: parts of names of tests. */
const PROOFS: Readonly<Record<string, readonly string[]>> = {
  "the commands of busybox": ["has every command of busybox that it promises"],
  "names of other containers resolve": [
    "resolves the names of other containers",
    "lets other containers in without a password",
    "starts before an upstream's name resolves",
    "runs as its own user, has /tmp for everyone, and /var/run as another name of /run",
  ],
  "a running container changes nothing": ["is not changed by a running container"],
  "`/etc/nginx/nginx.conf` includes": ["serves mounted sites and configuration directories, with media types"],
  "access log to stdout": ["logs requests to stdout and faults to stderr", "ends well by SIGQUIT"],
  "writable with a read-only root: `/run` and": ["fails its configuration test on a read-only root"],
  "health check in the image: port 80": [
    "serves its welcome page on port 80",
    "fails its health check where its server does not run, if it has one",
  ],
  "`server NAME resolve`": ["starts before an upstream's name resolves, and finds it once it does"],
  "`MYSQL_ROOT_PASSWORD`": [
    "makes database, user and root with passwords",
    "reads each *_FILE",
    "leaves root without a password only when told to",
    "gives root a random password",
  ],
  "`/docker-entrypoint-initdb.d/*.sh`": ["runs *.sh, *.sql and *.sql.gz in the order of their names", "no script run twice"],
  "`/etc/mysql/conf.d/*.cnf`": ["takes conf.d", "starts again with its rows and passwords", "dumps a database"],
  "SIGTERM ends it with code 0": ["ends well by SIGTERM", "stops within seconds during its first start"],
  "writable with a read-only root: `/run/mysqld`": ["that it does not change"],
  "health check in the image: a query": ["an account that may do nothing but log in", "another password of its health check"],
  "other programs run through the entrypoint": ["runs other programs through its entrypoint"],
  "no password in arguments": ["shows no password", "leaves no password in logs or files"],
  "as MySQL's, with `mariadb`": [
    "makes database, user and root with passwords that are hard to quote",
    "runs scripts as root of that host",
    "ends well by SIGTERM, and finds its rows",
    "that is of at most 60 MB",
  ],
  "each setting also as `MARIADB_": ["reads each MARIADB_*_FILE"],
  "root and the user have a password": ["no account without a password"],
  "data of MySQL is refused": ["fails on a volume of MySQL, as MySQL does on its own, and both leave the rows alone"],
  "data in `/data`": ["keeps its data in /data"],
  "protected mode is off": [
    "as the official image does",
    "that a command asks for, and takes options alone",
    "that a configuration file asks for",
  ],
  "health check in the image: answers": ["is healthy with a password", "saves its data", "saves nothing where nothing is to be saved"],
  "health check in the image: what can": ["is healthy while its program can run, whatever that is"],
  "`node` on PATH": ["runs Node.js 20", "has the CA certificates", "has the built-in modules"],
};

/** The lines between the heading and the next one. */
function contract(): string[] {
  const section = page.split("\n## ").find((text) => text.startsWith("The contract\n")) ?? "";
  return section
    .split(/\n- /)
    .slice(1)
    .map((line) => line.replace(/\s+/g, " ").trim());
}

describe("the contract of images in docs/images.md", () => {
  it("has tests for each of its lines, and none for a line that is not there", () => {
    const lines = contract();
    const proofs = Object.keys(PROOFS);
    expect(lines.filter((line) => !proofs.some((start) => line.startsWith(start)))).toEqual([]);
    expect(proofs.filter((start) => lines.filter((line) => line.startsWith(start)).length !== 1)).toEqual([]);
  });

  it("names tests that are there", () => {
    const named = Object.values(PROOFS).flat();
    expect(named.filter((part) => !tests.includes(part))).toEqual([]);
  });
});
