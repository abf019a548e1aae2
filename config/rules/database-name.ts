import { accept, refuse, rule, type Rule } from "./rule";

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const SYSTEM = new Set(["mysql", "sys", "information_schema", "performance_schema"]);

/** A MySQL database name that needs no quoting (64 characters is MySQL's own limit). */
export const databaseName: Rule<string> = rule(
  "1 to 64 letters, digits and _, beginning with a letter, and not a database of MySQL's own",
  (text) => {
    if (SYSTEM.has(text.toLowerCase())) return refuse(`${text.toLowerCase()} belongs to the server`);
    if (NAME.test(text)) return accept(text);
    const meant = text.replaceAll("-", "_");
    return refuse(NAME.test(meant) ? `write ${meant}` : undefined);
  },
);
