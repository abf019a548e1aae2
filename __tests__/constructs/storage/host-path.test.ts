import fc from "fast-check";
import { hostPathFault } from "../../../constructs";

const segment = fc.stringMatching(/^[a-zA-Z0-9_-][a-zA-Z0-9_.-]{0,10}$/);
const below = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));

describe("hostPathFault", () => {
  it("takes every plain path below a place for data", () => {
    fc.assert(
      fc.property(fc.constantFrom("/srv", "/data", "/mnt", "/home", "/opt", "/var/lib/shop"), below, (parent, path) =>
        expect(hostPathFault(`${parent}/${path}`)).toBeUndefined(),
      ),
    );
  });

  it("fails for everything at and below a directory of the system", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("/etc", "/usr", "/proc", "/dev", "/run", "/var/lib/docker"),
        fc.oneof(fc.constant(""), below),
        (tree, path) => {
          const full = path === "" ? tree : `${tree}/${path}`;
          expect(hostPathFault(full)).toBe(`must not be a path of the system, got "${full}"; use "/srv/data/mysql"`);
        },
      ),
    );
  });

  it("gives a written-out path that is taken, or refused as what it is", () => {
    fc.assert(
      fc.property(below, below, (a, b) => {
        const [, use] = /use "([^"]+)"$/.exec(hostPathFault(`/srv/${a}/../${b}/`) ?? "") ?? [];
        expect(hostPathFault(String(use))?.replace(/^must not be a path of the system.*$/, "system") ?? "taken").toMatch(
          /^(taken|system)$/,
        );
      }),
    );
  });

  it.each([
    ["data/mysql", 'must be absolute, got "data/mysql"; use "/srv/data/data/mysql"'],
    ["./", 'must be absolute, got "./"; use "/srv/data/mysql"'],
    ["/", 'must not be a path of the system, got "/"; use "/srv/data/mysql"'],
    ["/srv", 'must not be a path of the system, got "/srv"; use "/srv/data/mysql"'],
    ["/srv/../etc", 'must be written without "..", "." and doubled or final slashes, got "/srv/../etc"; use "/etc"'],
    ["/srv/data/", 'must be written without "..", "." and doubled or final slashes, got "/srv/data/"; use "/srv/data"'],
    ["/srv/a:b", 'must not hold ":" or NUL, got "/srv/a:b"; use "/srv/data/mysql"'],
  ])("fails for %p", (path, fault) => {
    expect(hostPathFault(path)).toBe(fault);
  });
});
