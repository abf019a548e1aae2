import { stripVTControlCharacters } from "node:util";
import type { Outcome } from "./command";
import { Docker } from "./docker";
import { guestbookProject } from "./guestbook-project";
import { plainText, Project } from "./project";

const DEV = "e2e-faultless";
const PROD = "e2e-faulty-prod";
const FILE = `.env.${PROD}`;

/** Every fault of the file below, in one message. */
const MESSAGE =
  `SETTINGS: ${PROD} has 3 faults; nothing is applied ` +
  `WEB_REPLICSA must be a known setting, got "3"; did you mean WEB_REPLICAS? (file ${FILE} line 2) ` +
  "HOST must be unix:///path, ssh://[user@]host[:port], or tcp://host:port together with TLS_CERT_PATH, " +
  `got "tcp://10.0.0.1:2375"; set TLS_CERT_PATH: an unauthenticated daemon port gives root on the host (file ${FILE} line 3) ` +
  `WEB_PORT must be a whole number from 1 to 65535, got "eighty" (file ${FILE} line 1)`;

/** A line of a stack trace, whatever stands before it. */
const TRACE = /^.*\bat .*:\d+:\d+\)?$/m;

const docker = new Docker();
const project = guestbookProject(DEV, PROD);

beforeAll(() => {
  project.settings(DEV, { WEB_PORT: 18_083 });
  project.write(FILE, "WEB_PORT=eighty\nWEB_REPLICSA=3\nHOST=tcp://10.0.0.1:2375\n");
});
afterAll(async () => {
  await docker.purge(DEV);
  await docker.purge(PROD);
  project.remove();
});

const printed = ({ stdout, stderr }: Outcome): string => stripVTControlCharacters(`${stdout}\n${stderr}`);
/** How often the message stands in what was printed, without the stack's name that cdktf puts before some of the lines. */
const messages = (text: string): number => plainText(text.replaceAll(`${PROD}  `, " ")).split(MESSAGE).length - 1;

describe("a fault in one environment", () => {
  it("does not stop the plan of another", async () => {
    const { code, stdout } = await project.cdktf("diff", DEV);
    expect(plainText(stdout)).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    expect(code).toBe(0);
  });

  it("fails its own plan with one message that names each setting, what is accepted and where it was set, without a stack trace", async () => {
    const outcome = await project.cdktf("diff", PROD);
    const text = printed(outcome);
    expect(outcome.code).not.toBe(0);
    expect([messages(text), text.split("SETTINGS: ").length - 1]).toEqual([1, 1]);
    expect(text).not.toMatch(TRACE);
  });

  it("fails its own deploy with the same message, and nothing is applied", async () => {
    const outcome = await project.cdktf("deploy", PROD, "--auto-approve");
    const text = printed(outcome);
    expect(outcome.code).not.toBe(0);
    expect([messages(text), text.split("SETTINGS: ").length - 1]).toEqual([1, 1]);
    expect(text).not.toMatch(TRACE);
    expect(await docker.containers(PROD)).toEqual([]);
    expect(await docker.networks(PROD)).toEqual([]);
    expect(await docker.volumes(PROD)).toEqual([]);
  });

  it("would be seen with a stack trace, as that of a program that throws, with or without the stack's name before its lines", async () => {
    const throwing = Project.create('throw new Error("an ordinary one");\n');
    const text = printed(await throwing.cdktf("diff", PROD));
    throwing.remove();
    expect(text).toContain("Error: an ordinary one");
    expect(text).toMatch(TRACE);
    const lines = text.split("\n").filter((line) => /^ +at /.test(line));
    expect(lines.filter((line) => !TRACE.test(`${PROD}  ${line}`))).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
  });
});
