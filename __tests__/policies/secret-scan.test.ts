import fc from "fast-check";
import { findSecret, findSecretFlag, findSecretIn, withoutSecrets } from "../../policies/secret-scan";
import benign from "../fixtures/policies/benign.json";
import { container, stackOf } from "./container";
import { token, tokenNames } from "./tokens";
import { evaluate } from "../../policies/evaluate";

const lists = [...benign.env.map((text) => ["env", text] as const), ...benign.labels.map((text) => ["label", text] as const)];

describe("the scan for secrets", () => {
  it("knows at least 20 shapes of tokens", () => {
    expect(tokenNames.length).toBeGreaterThanOrEqual(20);
  });

  it.each(tokenNames)("finds a token of %s in an env, a label, a command, a script and a file, and never shows it", (name) => {
    const secret = token(name);
    const planted = container({
      attributes: {
        env: [`SETTING=${secret}`],
        labels: [{ label: "note", value: `see ${secret}` }],
        command: ["app", `--setting=${secret}`],
        entrypoint: ["sh", "-c", `exec app "${secret}"`],
        upload: [{ file: "/etc/app.conf", content: `setting = "${secret}"\n` }],
      },
    });
    const messages = evaluate(stackOf(planted), { profile: "prod" }).findings.map(({ message }) => message);

    for (const place of ["in env SETTING", "in label note", "in command", "in entrypoint", "in /etc/app.conf"]) {
      expect(messages.filter((message) => message.includes(`${place};`))).not.toEqual([]);
    }
    expect(messages.join("\n")).not.toContain(secret.slice(-16));
  });

  it("has 200 benign values to be silent about", () => {
    expect(lists.length + benign.commands.length).toBeGreaterThanOrEqual(200);
  });

  it.each(lists)("is silent about the %s %s", (place, pair) => {
    expect(findSecretIn(pair, place)).toEqual([]);
  });

  it.each(benign.commands)("is silent about the command %s", (line) => {
    expect(findSecretFlag(["sh", "-c", line])).toEqual([]);
    expect(findSecretFlag(line.split(" "))).toEqual([]);
  });

  it.each([
    ["DB_PASSWORD=hunter2", "secret value in env DB_PASSWORD"],
    ["SPRING_DATASOURCE_PASSWORD=pässwörd with spaces", "secret value in env SPRING_DATASOURCE_PASSWORD"],
    ["db.passwd=hunter2", "secret value in env db.passwd"],
    ["SECRET_KEY_BASE=0123456789abcdef", "secret value in env SECRET_KEY_BASE"],
    ["AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIbPxRfiCYEXAMPLE", "secret value in env AWS_SECRET_ACCESS_KEY"],
    ["apiKey=0123456789abcdef", "secret value in env apiKey"],
    ["REDIS_AUTH=hunter2", "secret value in env REDIS_AUTH"],
    ["PASSWORD=${var.password}", "secret value in env PASSWORD"],
  ])("takes %s for a secret by its name", (pair, found) => {
    expect(findSecretIn(pair, "env")).toEqual([found]);
  });

  it.each([
    [["redis-server", "--requirepass", "hunter2"], ["password flag"]],
    [["app", "--db-password=hunter2"], ["password flag"]],
    [["app", "-password", "hunter2"], ["password flag"]],
    [["mysqladmin", "-uroot", "-phunter2", "ping"], ["password flag"]],
    [["sh", "-c", "curl -sf -u admin:hunter2 http://127.0.0.1/"], ["password flag"]],
    [["redis-cli", "-a", "hunter2", "ping"], ["password flag"]],
    [["sshpass", "-phunter2", "ssh", "host"], ["password flag"]],
    [["sh", "-c", "PGPASSWORD='hunter 2' psql"], ["secret value in variable PGPASSWORD"]],
  ])("finds what is handed over by %j", (words, found) => {
    expect(findSecretFlag(words)).toEqual(found);
  });

  it("leaves nothing of a known shape in a text, wherever it stands", () => {
    fc.assert(
      fc.property(fc.constantFrom(...tokenNames), fc.string(), fc.string(), (name, before, after) => {
        expect(findSecret(withoutSecrets(`${before} ${token(name)} ${after}`))).toEqual([]);
      }),
    );
  });
});
