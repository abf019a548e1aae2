import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { initSecrets } from "../../cli/commands/secrets";
import { getSecret, setSecret } from "../../cli/commands/secret-values";
import { inStore, person, piped } from "./secrets-scene";

describe("tiers secrets set", () => {
  it("takes the only environment when none is given, and tells what comes next", () =>
    inStore({}, async ({ lines, revealed, as }) => {
      await setSecret(as({ input: piped("hun", "ter2\n") }), "smtp-password", undefined);
      expect(lines).toEqual(["dev: smtp-password is set, for 1 reader; next: npx cdktf deploy dev"]);
      await getSecret(as({}), "smtp-password", undefined, false);
      expect(Buffer.concat(revealed).toString()).toBe("hunter2");
    }));

  it("leaves a file alone that has the value already", () =>
    inStore({ token: "same" }, async ({ folder, lines, as }) => {
      const read = (): string => readFileSync(join(folder, "secrets/dev/token.age"), "utf8");
      const before = read();
      await setSecret(as({ input: piped("same\n") }), "token", "dev");
      expect(lines).toEqual(["dev: token has this value already"]);
      expect(read()).toBe(before);
      await setSecret(as({ input: piped("other\n") }), "token", "dev");
      expect(read()).not.toBe(before);
    }));

  it("needs no private key", () =>
    inStore({ token: "x" }, async ({ folder, revealed, ports, as }) => {
      await setSecret(as({ env: person(folder, "nobody"), input: piped("y") }), "token", "dev");
      await getSecret(ports, "token", "dev", false);
      expect(Buffer.concat(revealed).toString()).toBe("y");
    }));

  it("makes a random value on request", () =>
    inStore({}, async ({ ports, revealed }) => {
      await setSecret(ports, "one", "dev", { generate: true });
      await setSecret(ports, "two", "dev", { generate: true });
      for (const name of ["one", "two"]) await getSecret(ports, name, "dev", false);
      const [one, two] = revealed.map(String);
      expect([one, two]).toEqual([expect.stringMatching(/^[\w-]{43}$/), expect.stringMatching(/^[\w-]{43}$/)]);
      expect(one).not.toBe(two);
    }));

  it("shows the question at a terminal and never what is typed", () =>
    inStore({}, async ({ lines, revealed, ports, as }) => {
      const raw: boolean[] = [];
      const terminal = Object.assign(piped("hunterX", "\u007f2", "\r"), { isTTY: true, setRawMode: (on: boolean) => raw.push(on) });
      await setSecret(as({ input: terminal }), "token", "dev");
      expect(lines).toEqual(["token of dev: ", "\n", "dev: token is set, for 1 reader; next: npx cdktf deploy dev"]);
      expect(raw).toEqual([true, false]);
      await getSecret(ports, "token", "dev", false);
      expect(Buffer.concat(revealed).toString()).toBe("hunter2");
    }));

  it("changes nothing when it is interrupted", () =>
    inStore({}, async ({ folder, as }) => {
      const terminal = Object.assign(piped("hunt", "\u0003"), { isTTY: true });
      await expect(setSecret(as({ input: terminal }), "token", "dev")).rejects.toHaveProperty(
        "message",
        "INTERRUPTED: nothing was changed",
      );
      expect(readdirSync(join(folder, "secrets/dev"))).toEqual(["recipients.txt"]);
    }));

  it.each([
    ["a line", "x\n", "x"],
    ["a line of Windows", "x\r\n", "x"],
    ["lines", "-----BEGIN\nabc\n-----END\n", "-----BEGIN\nabc\n-----END\n"],
    ["an empty line after it", "x\n\n", "x\n\n"],
    ["no line", "x", "x"],
    ["a NUL", "a\0b", "a\0b"],
  ])("keeps %s apart from a final line break", (_, given, kept) =>
    inStore({ token: given }, async ({ ports, revealed }) => {
      await getSecret(ports, "token", "dev", false);
      expect(Buffer.concat(revealed).toString()).toBe(kept);
    }),
  );

  it.each([
    [
      "hunter2=",
      "dev",
      "SECRET_NAME: secret name must be 1 to 40 lower-case letters, digits and -, beginning and ending with a letter or digit, got something else; values come from standard input or a prompt",
    ],
    [
      "../../x",
      "dev",
      "SECRET_NAME: secret name must be 1 to 40 lower-case letters, digits and -, beginning and ending with a letter or digit, got something else; values come from standard input or a prompt",
    ],
    [
      "token",
      "hunter2",
      "UNKNOWN_ENVIRONMENT: environment must be one of dev, got another; values come from standard input or a prompt; a new environment begins with: npx tiers secrets init ENVIRONMENT",
    ],
  ])("fails for %p in %p and does not repeat what may be a value", (name, environment, message) =>
    inStore({}, async ({ as }) => {
      await expect(setSecret(as({ input: piped("x") }), name, environment)).rejects.toHaveProperty("message", message);
    }),
  );

  it("fails without a value, and with one beyond 1 MiB", () =>
    inStore({}, async ({ as }) => {
      const set = (value: string | Buffer): Promise<void> => setSecret(as({ input: piped(value) }), "token", "dev");
      const empty = "SECRET_EMPTY: value must hold at least one byte, got none; pipe it in or type it at the prompt";
      await expect(set("")).rejects.toHaveProperty("message", empty);
      await expect(set("\n")).rejects.toHaveProperty("message", empty);
      await expect(set(Buffer.alloc(1024 * 1024 + 1))).rejects.toHaveProperty(
        "message",
        "SECRET_SIZE: value must be at most 1 MiB, got more; keep it in a volume of its own",
      );
    }));

  it("fails without an environment where there are two, and where there is none", () =>
    inStore({}, async ({ folder, ports }) => {
      await initSecrets(ports, "prod");
      await expect(setSecret(ports, "token", undefined)).rejects.toHaveProperty(
        "message",
        "NO_ENVIRONMENT: environment must be one of dev, prod, got none; name it last",
      );
      const empty = { ...ports, directory: join(folder, "none") };
      await expect(setSecret(empty, "token", undefined)).rejects.toHaveProperty(
        "message",
        "NO_ENVIRONMENT: environment must be one that was initialised, got none; name it last",
      );
    }));
});

describe("tiers secrets get", () => {
  it("writes the bytes as they are, with a line break for a terminal alone", () =>
    inStore({ token: "x" }, async ({ ports, lines, revealed }) => {
      await getSecret(ports, "token", "dev", false);
      await getSecret(ports, "token", "dev", true);
      expect(revealed.map(String)).toEqual(["x", "x\n"]);
      expect(lines).toEqual([]);
    }));

  it("fails for a secret that is not there", () =>
    inStore({ token: "x", key: "y" }, async ({ ports }) => {
      await expect(getSecret(ports, "tokens", "dev", false)).rejects.toHaveProperty(
        "message",
        "SECRET_UNKNOWN: secret must be in dev, got none of that name; they are key, token",
      );
    }));
});
