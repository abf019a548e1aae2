import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { initSecrets, listSecrets, removeSecret, rotateSecrets } from "../../cli/commands/secrets";
import { getSecret } from "../../cli/commands/secret-values";
import { inProject, inStore, person } from "./secrets-scene";

const KEY = /age1[a-z0-9]{58}/;

describe("tiers secrets init", () => {
  it("makes a key and starts the environment's list with it", () =>
    inProject(async ({ folder, ports, lines }) => {
      await initSecrets(ports, "dev");
      const key = KEY.exec(readFileSync(join(folder, "secrets/dev/recipients.txt"), "utf8"))?.[0] ?? "none";
      expect(lines).toEqual([
        `made your private key: ${join(folder, "keys/ada")}; keep a copy where only you get at it`,
        `dev: you read its secrets, as ${key}`,
        "next: npx tiers secrets set NAME dev",
      ]);
    }));

  it("changes nothing the second time", () =>
    inStore({ token: "x" }, async ({ ports, lines }) => {
      await initSecrets(ports, "dev");
      expect(lines).toEqual(["dev: you read its secrets already"]);
    }));

  it("tells a new member how to be let in, and that works", () =>
    inStore({ token: "x" }, async ({ folder, ports, lines, revealed, as }) => {
      const eve = as({ env: person(folder, "eve") });
      await initSecrets(eve, "dev");
      const line = lines.at(-1) ?? "";
      expect(lines.slice(1)).toEqual([
        "dev: you do not read its secrets yet; let a member run:",
        `npx tiers secrets rotate dev --add ${KEY.exec(line)?.[0] ?? "none"}`,
      ]);
      await expect(getSecret(eve, "token", "dev", false)).rejects.toThrow("SECRET_LOCKED");
      await rotateSecrets(ports, "dev", { add: [line.split(" ").at(-1) ?? ""] });
      expect(lines.at(-1)).toBe("dev: 1 secret encrypted for 2 readers; nothing restarts");
      await getSecret(eve, "token", "dev", false);
      expect(Buffer.concat(revealed).toString()).toBe("x");
    }));

  it("fails for a name that would leave the folder", () =>
    inProject(async ({ ports }) => {
      await expect(initSecrets(ports, "../x")).rejects.toHaveProperty(
        "message",
        'ENVIRONMENT_NAME: environment must be 1 to 63 letters, digits, - and _, beginning with a letter or digit, got "../x"; choose another',
      );
    }));
});

describe("tiers secrets list", () => {
  it("shows every environment's names and versions, and what is encrypted for others than listed", () =>
    inStore({ token: "hunter2" }, async ({ folder, ports, lines }) => {
      await initSecrets(ports, "prod");
      lines.length = 0;
      listSecrets(ports, []);
      expect(lines).toEqual(["dev: 1 secret, 1 reader", expect.stringMatching(/^ {2}token {2}[0-9a-f]{8}$/), "prod: 0 secrets, 1 reader"]);
      const list = join(folder, "secrets/dev/recipients.txt");
      writeFileSync(list, `${readFileSync(list, "utf8")}age1${"q".repeat(58)}\n`);
      lines.length = 0;
      listSecrets(ports, ["dev"]);
      expect(lines).toEqual([
        "dev: 1 secret, 2 readers",
        expect.stringMatching(/^ {2}token {2}[0-9a-f]{8} {2}encrypted for others than listed; run: npx tiers secrets rotate dev$/),
      ]);
    }));
});

describe("tiers secrets rotate", () => {
  it("fails for a key to remove that is not listed, and for one to add that is none", () =>
    inStore({ token: "x" }, async ({ ports }) => {
      await expect(rotateSecrets(ports, "dev", { remove: ["age1other"] })).rejects.toHaveProperty(
        "message",
        'RECIPIENT_UNKNOWN: key to remove must be one that dev lists, got "age1other"',
      );
      await expect(rotateSecrets(ports, "dev", { add: ["eve"] })).rejects.toHaveProperty(
        "message",
        'RECIPIENT: public key must be age1 and 58 characters, got "eve" (--add); tiers secrets init shows yours',
      );
    }));
});

describe("tiers secrets rm", () => {
  const synthesise = (folder: string): void => {
    const directory = join(folder, "cdktf.out/stacks/dev");
    mkdirSync(directory, { recursive: true });
    const push = { "//": { metadata: { path: "dev/Shop/Secret-token/Push" } }, triggers_replace: { secret: "dev/token", version: "1" } };
    const other = { "//": { metadata: { path: "dev/Other" } }, triggers_replace: ["list"] };
    writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ resource: { terraform_data: { push, other, bare: {} } } }));
  };

  it("removes what nothing mounts", () =>
    inStore({ token: "x", key: "y" }, ({ folder, ports, lines }) => {
      synthesise(folder);
      removeSecret(ports, "key", "dev", {});
      expect(lines).toEqual(["dev: key is removed; hosts lose it with the next deploy"]);
      expect(readdirSync(join(folder, "secrets/dev")).sort()).toEqual(["recipients.txt", "token.age"]);
    }));

  it("fails for what is mounted, unless it is forced to", () =>
    inStore({ token: "x" }, ({ folder, ports }) => {
      synthesise(folder);
      expect(() => removeSecret(ports, "token", "dev", {})).toThrow(
        new Error(
          'SECRET_IN_USE: token must not be mounted, got dev/Shop; take Secret.fromStore("token") out and run npx cdktf synth, or add --force',
        ),
      );
      removeSecret(ports, "token", "dev", { force: true });
      expect(readdirSync(join(folder, "secrets/dev"))).toEqual(["recipients.txt"]);
    }));
});
