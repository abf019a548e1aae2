import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { createIdentity, findIdentities, identityFile, readIdentities } from "../../store/identity";
import { inTemporary } from "./temporary";

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

describe("a private key", () => {
  it("is where a variable says, or where a person's configuration is", () => {
    expect(identityFile({ DOCKER_TIERS_IDENTITY: "/keys/ci", XDG_CONFIG_HOME: "/config" })).toBe("/keys/ci");
    expect(identityFile({ DOCKER_TIERS_IDENTITY: "", XDG_CONFIG_HOME: "/config" })).toBe("/config/docker-tiers/identity.txt");
    expect(identityFile({})).toBe(join(homedir(), ".config/docker-tiers/identity.txt"));
  });

  it("is made for its owner alone, in the form of age-keygen, and read again", () =>
    inTemporary(async (folder) => {
      const env = { XDG_CONFIG_HOME: join(folder, "config") };
      expect(await findIdentities(env)).toBeUndefined();
      const made = await createIdentity(env);
      expect(await readIdentities(env)).toEqual(made);
      expect([mode(made.file), mode(join(folder, "config/docker-tiers"))]).toEqual(["600", "700"]);
      const [created, key, identity] = readFileSync(made.file, "utf8").split("\n");
      expect([created, key]).toEqual([expect.stringMatching(/^# created: \d{4}-/), `# public key: ${made.recipients.join("")}`]);
      expect(identity).toMatch(/^AGE-SECRET-KEY-1[A-Z0-9]{58}$/);
    }));

  it("is never replaced by another", () =>
    inTemporary(async (folder) => {
      const env = { DOCKER_TIERS_IDENTITY: join(folder, "key") };
      const { identities } = await createIdentity(env);
      await expect(createIdentity(env)).rejects.toThrow("EEXIST");
      expect((await readIdentities(env)).identities).toEqual(identities);
    }));

  it("may stand beside others in one file", () =>
    inTemporary(async (folder) => {
      const [one, two] = [
        await createIdentity({ DOCKER_TIERS_IDENTITY: join(folder, "1") }),
        await createIdentity({ DOCKER_TIERS_IDENTITY: join(folder, "2") }),
      ];
      const file = join(folder, "both");
      writeFileSync(file, `# mine\r\n${one.identities.join("")}\r\n\n${two.identities.join("")}`, { mode: 0o600 });
      expect((await readIdentities({ DOCKER_TIERS_IDENTITY: file })).recipients).toEqual([...one.recipients, ...two.recipients]);
    }));

  it("fails when it is missing", () =>
    inTemporary(async (folder) => {
      const file = join(folder, "none");
      await expect(readIdentities({ DOCKER_TIERS_IDENTITY: file })).rejects.toThrow(
        new Error(
          `IDENTITY_MISSING: a private key must be at ${file}, got none; run: npx tiers secrets init ENVIRONMENT, or set DOCKER_TIERS_IDENTITY to the file that holds it`,
        ),
      );
    }));

  it.each([0o640, 0o604, 0o660, 0o644])("fails when others may read it, as with mode %o", (bits) =>
    inTemporary(async (folder) => {
      const { file } = await createIdentity({ DOCKER_TIERS_IDENTITY: join(folder, "key") });
      chmodSync(file, bits);
      await expect(readIdentities({ DOCKER_TIERS_IDENTITY: file })).rejects.toThrow(
        new Error(`IDENTITY_MODE: private key must be readable by you alone, got mode 0${bits.toString(8)}; run: chmod 600 ${file}`),
      );
    }),
  );

  it.each(["", "# only a comment\n", "age1publickey\n", "AGE-SECRET-KEY-1NOTAKEY\n", "AGE-SECRET-KEY-PQ-1QQQ\n"])(
    "fails as the text %p, which is not repeated",
    (text) =>
      inTemporary(async (folder) => {
        mkdirSync(join(folder, "keys"));
        const file = join(folder, "keys/mine");
        writeFileSync(file, text, { mode: 0o600 });
        await expect(readIdentities({ DOCKER_TIERS_IDENTITY: file })).rejects.toThrow(
          new Error(`IDENTITY_FORMAT: ${file} must hold private keys as age-keygen writes them, got something else; give another file`),
        );
      }),
  );
});
