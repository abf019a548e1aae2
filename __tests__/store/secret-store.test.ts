import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Identities } from "../../store/identity";
import { parseHeader } from "../../store/secret-header";
import { environmentsOf, SecretStore } from "../../store/secret-store";
import { inTemporary, person } from "./temporary";

const keyOf = ({ recipients }: Identities): string => recipients[0] ?? "";
const bytes = (text: string): Buffer => Buffer.from(text);

interface Scene {
  readonly directory: string;
  readonly store: SecretStore;
  readonly ada: Identities;
  readonly eve: Identities;
  /** Text of a file below the store. */
  readonly read: (file: string) => string;
}

/** A store of `dev` that Ada alone reads. */
const scene = <T>(use: (scene: Scene) => T | Promise<T>): Promise<T> =>
  inTemporary(async (directory) => {
    const store = new SecretStore(directory, "dev");
    const [ada, eve] = [await person(), await person()];
    store.init(ada.recipients);
    return use({ directory, store, ada, eve, read: (file) => readFileSync(join(directory, file), "utf8") });
  });

describe("a stored secret", () => {
  it("is an encrypted file of its own, of which only a random version can be read without a key", () =>
    scene(async ({ directory, store, read }) => {
      await store.set("smtp-password", bytes("hunter2"));
      await store.set("tls-key", bytes("hunter2"));
      expect(readdirSync(join(directory, "dev")).sort()).toEqual(["recipients.txt", "smtp-password.age", "tls-key.age"]);
      const [one, two] = [parseHeader(read("dev/smtp-password.age")), parseHeader(read("dev/tls-key.age"))];
      expect(one).toEqual({
        environment: "dev",
        name: "smtp-password",
        version: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        recipients: two?.recipients,
      });
      expect(one?.version).not.toBe(two?.version);
      expect(read("dev/smtp-password.age")).not.toContain("hunter2");
    }));

  it("gives back any bytes as they were", () =>
    scene(({ store, ada }) =>
      fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200_000 }), async (value) => {
          await store.set("any", value);
          expect(Buffer.from((await store.get("any", ada)).value).equals(Buffer.from(value))).toBe(true);
        }),
        { numRuns: 20 },
      ),
    ));

  it("gets another version with each value", () =>
    scene(async ({ store }) => {
      const versions = new Set<string | undefined>();
      for (const value of ["one", "two", "two"]) {
        await store.set("token", bytes(value));
        versions.add(store.list()[0]?.version);
      }
      expect(versions.size).toBe(3);
    }));

  it("is removed with its file, even a broken one", () =>
    scene(async ({ directory, store }) => {
      await store.set("token", bytes("x"));
      writeFileSync(join(directory, "dev/broken.age"), "no age file");
      store.remove("token");
      store.remove("broken");
      expect(store.names()).toEqual([]);
    }));

  it("fails for another's key", () =>
    scene(async ({ store, eve }) => {
      await store.set("token", bytes("x"));
      await expect(store.get("token", eve)).rejects.toHaveProperty(
        "message",
        "SECRET_LOCKED: token of dev must be encrypted for your key, got other recipients; let a member run: npx tiers secrets rotate --add YOUR_PUBLIC_KEY",
      );
    }));

  it("fails when it is missing", () =>
    scene(async ({ directory, store, ada }) => {
      const file = join(directory, "dev/token.age");
      const message = `SECRET_MISSING: secret "token" of dev must be in the store, got no readable ${file}; run: npx tiers secrets set token dev`;
      await expect(store.get("token", ada)).rejects.toHaveProperty("message", message);
      expect(() => store.remove("token")).toThrow(message);
    }));

  it.each(["", "hunter2", "-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n"])("fails as the text %p", (text) =>
    scene(async ({ directory, store, ada }) => {
      const file = join(directory, "dev/token.age");
      writeFileSync(file, text);
      await expect(store.get("token", ada)).rejects.toHaveProperty(
        "message",
        `SECRET_FORMAT: ${file} must be as tiers secrets set writes it, got something else; run: npx tiers secrets set token dev`,
      );
    }),
  );

  it("fails in the place of another, also of another environment", () =>
    scene(async ({ directory, store, ada }) => {
      await store.set("token", bytes("x"));
      mkdirSync(join(directory, "prod"));
      copyFileSync(join(directory, "dev/token.age"), join(directory, "prod/token.age"));
      await expect(new SecretStore(directory, "prod").get("token", ada)).rejects.toHaveProperty(
        "message",
        `SECRET_MISPLACED: ${join(directory, "prod/token.age")} must hold token of prod, got token of dev; run: npx tiers secrets set token prod`,
      );
    }));

  it("fails when a byte of it was altered, in its header or in its content", () =>
    scene(async ({ directory, store, ada, read }) => {
      await store.set("token", bytes("a value of some length"));
      const file = join(directory, "dev/token.age");
      const original = read("dev/token.age");
      const binary = Buffer.from(original.split("\n").slice(1, -2).join(""), "base64");
      const version = binary.indexOf(parseHeader(original)?.version ?? "none");
      for (const offset of [version, version + 31, binary.length - 1]) {
        const altered = Buffer.from(binary);
        altered[offset] = (altered[offset] ?? 0) === 0x30 ? 0x31 : 0x30;
        const lines = altered.toString("base64").match(/.{1,64}/g) ?? [];
        writeFileSync(file, `-----BEGIN AGE ENCRYPTED FILE-----\n${lines.join("\n")}\n-----END AGE ENCRYPTED FILE-----\n`);
        await expect(store.get("token", ada)).rejects.toHaveProperty(
          "message",
          "SECRET_ALTERED: token of dev must be as it was encrypted, got altered content; take it from git, or set it anew",
        );
      }
    }));
});

describe("readers", () => {
  it("are let in by encrypting again: values and versions stay", () =>
    scene(async ({ store, ada, eve }) => {
      await store.set("token", bytes("one"));
      await store.set("key", bytes("two"));
      const before = store.list();
      expect(await store.rotate([keyOf(ada), keyOf(eve)], ada)).toBe(2);
      expect(store.list()).toEqual(before);
      expect(Buffer.from((await store.get("token", eve)).value).toString()).toBe("one");
      expect(Buffer.from((await store.get("key", ada)).value).toString()).toBe("two");
    }));

  it("are shut out likewise, and their line of the list goes; comments stay", () =>
    scene(async ({ directory, store, ada, eve, read }) => {
      writeFileSync(join(directory, "dev/recipients.txt"), `# Ada\n${keyOf(ada)}\n# Eve\n${keyOf(eve)}\n`);
      await store.set("token", bytes("one"));
      await store.rotate([keyOf(ada)], ada);
      await expect(store.get("token", eve)).rejects.toThrow("SECRET_LOCKED");
      expect(read("dev/recipients.txt")).toBe(`# Ada\n${keyOf(ada)}\n# Eve\n`);
    }));

  it("of the list are told apart from those that a file was encrypted for", () =>
    scene(async ({ directory, store, ada, eve }) => {
      await store.set("token", bytes("one"));
      writeFileSync(join(directory, "dev/recipients.txt"), `${keyOf(eve)}\n${keyOf(ada)}\n`);
      expect(store.list()).toMatchObject([{ name: "token", current: false }]);
      await store.rotate(store.recipients(), ada);
      expect(store.list()).toMatchObject([{ name: "token", current: true }]);
    }));

  it("all stay when one secret cannot be opened: nothing is written", () =>
    scene(async ({ directory, store, ada, eve, read }) => {
      await store.set("a", bytes("one"));
      writeFileSync(join(directory, "dev/recipients.txt"), `${keyOf(eve)}\n`);
      await store.set("b", bytes("two"));
      const files = (): string[] => readdirSync(join(directory, "dev")).map((file) => read(`dev/${file}`));
      const before = files();
      await expect(store.rotate([keyOf(ada), keyOf(eve)], ada)).rejects.toThrow("SECRET_LOCKED: b of dev");
      expect(files()).toEqual(before);
    }));

  it("fail without the one who encrypts", () =>
    scene(async ({ store, ada, eve }) => {
      await expect(store.rotate([keyOf(eve)], ada)).rejects.toHaveProperty(
        "message",
        "RECIPIENT_SELF: your own key must stay in the list of dev, got a list without it; let another member remove it",
      );
    }));

  it.each([
    ["age1short", '"age1short"'],
    ["AGE-SECRET-KEY-1QQQ", "a private key: never hand it out"],
    ["ssh-ed25519 AAAA", '"ssh-ed25519 AAAA"'],
  ])("fail as %p", (line, got) =>
    scene(({ directory, store }) => {
      const file = join(directory, "dev/recipients.txt");
      writeFileSync(file, `# who\n${line}\n`);
      expect(() => store.recipients()).toThrow(
        new Error(`RECIPIENT: public key must be age1 and 58 characters, got ${got} (${file} line 2); tiers secrets init shows yours`),
      );
    }),
  );

  it("fail when there are none", () =>
    scene(({ directory, store }) => {
      const file = join(directory, "dev/recipients.txt");
      writeFileSync(file, "# nobody\n\n");
      expect(() => store.recipients()).toThrow(
        new Error(`RECIPIENTS_EMPTY: ${file} must name at least one public key, got none; add yours`),
      );
      const prod = join(directory, "prod/recipients.txt");
      expect(() => new SecretStore(directory, "prod").recipients()).toThrow(
        new Error(`STORE_MISSING: prod must have a list of who reads its secrets, got no ${prod}; run: npx tiers secrets init prod`),
      );
    }));
});

describe("a store", () => {
  it("is started once, and keeps the list that it has", () =>
    scene(({ directory, store, ada, eve, read }) => {
      expect(read("dev/recipients.txt")).toBe(
        `# Who can read these secrets: a public key per line. Change it with: npx tiers secrets rotate\n${keyOf(ada)}\n`,
      );
      expect(store.init(eve.recipients)).toBe(false);
      expect(store.recipients()).toEqual([keyOf(ada)]);
      expect(environmentsOf(directory)).toEqual(["dev"]);
      expect(environmentsOf(join(directory, "none"))).toEqual([]);
    }));

  it("leaves no other file behind, not even when it cannot write", () =>
    scene(async ({ directory, store }) => {
      await store.set("token", bytes("one"));
      mkdirSync(join(directory, "dev/taken.age/inner"), { recursive: true });
      await expect(store.set("taken", bytes("two"))).rejects.toThrow("EISDIR");
      expect(readdirSync(join(directory, "dev")).sort()).toEqual(["recipients.txt", "taken.age", "token.age"]);
    }));
});
