import { privilegesOf } from "../../../constructs/mysql/privileges";

describe("privileges", () => {
  it("are few where few are meant", () => {
    expect(privilegesOf("read")).toEqual(["SELECT", "SHOW VIEW"]);
    expect(privilegesOf("readWrite")).toEqual(["DELETE", "INSERT", "SELECT", "SHOW VIEW", "UPDATE"]);
  });

  it("come in one order and each once, however they are written", () => {
    expect(privilegesOf(["SELECT", "INSERT", "SELECT"])).toEqual(["INSERT", "SELECT"]);
  });

  it("are those of a database alone, never of the whole server", () => {
    for (const word of ["SUPER", "FILE", "CREATE USER", "GRANT OPTION", "PROCESS", "RELOAD"])
      expect(privilegesOf("schema")).not.toContain(word);
    expect(privilegesOf("schema")).toHaveLength(18);
  });
});
