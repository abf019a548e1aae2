import { Docker } from "./docker";
import { guestbookProject } from "./guestbook-project";
import { plainText } from "./project";

const DEV = "e2e-faultless";
const PROD = "e2e-faulty-prod";

const docker = new Docker();
const project = guestbookProject(DEV, PROD);

afterAll(async () => {
  await docker.purge(DEV);
  await docker.purge(PROD);
  project.remove();
});

describe("a fault in one environment", () => {
  beforeAll(() => {
    project.settings(DEV, { WEB_PORT: 18_083 });
    project.write(`.env.${PROD}`, "WEB_PORT=eighty\nWEB_REPLICSA=3\nHOST=tcp://10.0.0.1:2375\n");
  });

  it("does not stop the plan of another", async () => {
    const { code, stdout } = await project.cdktf("diff", DEV);
    expect(plainText(stdout)).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    expect(code).toBe(0);
  });

  it("fails its own plan, naming each setting, what is accepted and where it was set, without a stack trace", async () => {
    const { code, stdout, stderr } = await project.cdktf("diff", PROD);
    const text = plainText(`${stdout}\n${stderr}`);
    expect(code).not.toBe(0);
    for (const part of ["WEB_PORT", "eighty", "WEB_REPLICSA", "WEB_REPLICAS", "HOST", "tcp", `.env.${PROD}`]) expect(text).toContain(part);
    expect(`${stdout}\n${stderr}`).not.toMatch(/^[\s│]+at .*:\d+:\d+\)?$/m);
  });

  it("fails its own deploy, and nothing is applied", async () => {
    const { code } = await project.cdktf("deploy", PROD, "--auto-approve");
    expect(code).not.toBe(0);
    expect(await docker.containers(PROD)).toEqual([]);
    expect(await docker.networks(PROD)).toEqual([]);
    expect(await docker.volumes(PROD)).toEqual([]);
  });
});
