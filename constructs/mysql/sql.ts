/** An identifier in SQL, whatever it holds. */
export const identifier = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

/** A string in SQL, whatever it holds; under the mode of these servers, in which a backslash escapes. */
export const text = (value: string): string => `'${value.replace(/[\\']/g, "\\$&")}'`;

/** A database's name as a grant has it, where `_` and `%` would stand for others. */
export const grantPattern = (database: string): string => database.replace(/[\\_%]/g, "\\$&");

/** The account of a client, from whichever address of its network it comes. */
export const account = (name: string): string => `${text(name)}@'%'`;
