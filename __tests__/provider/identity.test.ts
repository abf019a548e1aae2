import { ownerOf, sameButProject, sameIdentity } from "../../provider/identity";
import { describeHolder, nameTaken, type NameHolder } from "../../provider/resources/name-taken";

const labels = (project: string | undefined, stack = "dev", path = "dev/Data"): Record<string, string> => ({
  ...(project === undefined ? {} : { "docker-tiers.project": project }),
  "docker-tiers.stack": stack,
  "docker-tiers.path": path,
});

const holder = (of: Record<string, string>): NameHolder => ({
  kind: "volume",
  name: "dev-data",
  id: "dev-data",
  since: "2026-01-02T03:04:05Z",
  labels: of,
});

describe("an object's identity", () => {
  it.each([
    ["the same project", labels("shop"), labels("shop"), true],
    ["an object without a project", labels("shop"), labels(undefined), true],
    ["neither with a project", labels(undefined), labels(undefined), true],
    ["another project", labels("shop"), labels("guestbook"), false],
    ["a project, wanted without one", labels(undefined), labels("guestbook"), false],
    ["another stack", labels("shop"), labels("shop", "prod"), false],
    ["another construct", labels("shop"), labels("shop", "dev", "dev/Other"), false],
    ["an object without labels", labels("shop"), null, false],
    ["wanted without labels", {}, labels("shop"), false],
    ["no labels at all", {}, {}, false],
  ])("is compared: %s", (_, wanted, existing, same) => {
    expect(sameIdentity(wanted, existing)).toBe(same);
  });

  it("differs in nothing but the project", () => {
    expect(sameButProject(labels(undefined), labels("shop"))).toBe(true);
    expect(sameButProject(labels("guestbook"), labels("shop"))).toBe(true);
    expect(sameButProject({ ...labels(undefined), tier: "web" }, labels("shop"))).toBe(false);
    expect(sameButProject(labels("shop", "prod"), labels("shop"))).toBe(false);
  });

  it("says whose it is", () => {
    expect(ownerOf(labels("shop"))).toBe("of project shop, stack dev, dev/Data");
    expect(ownerOf(labels(undefined))).toBe("of stack dev, dev/Data (without a project)");
    expect(ownerOf(null)).toBe("(not made by docker-tiers)");
    expect(describeHolder({ ...holder(labels("shop")), id: "0123456789ab".padEnd(64, "c") })).toBe(
      "the volume 0123456789ab of project shop, stack dev, dev/Data since 2026-01-02T03:04:05Z",
    );
  });
});

describe("a name that is taken", () => {
  it("by another project: how to part, and no word of removing what is not ours", () => {
    expect(nameTaken(holder(labels("guestbook")), labels("@team/shop")).diagnostic).toEqual({
      severity: "error",
      summary: "The volume name is taken",
      detail:
        'volume name must be free, got "dev-data", which is held by the volume dev-data of project guestbook, stack dev, dev/Data since ' +
        "2026-01-02T03:04:05Z; names begin with the stack's id: give this stack of project @team/shop another id, such as shop-dev, give both " +
        "one project if they are one (the setting PROJECT=guestbook, or project in setStackDefaults), or take it over: `terraform import ADDRESS dev-data`",
      path: ["name"],
    });
  });

  it("to a stack without a project", () => {
    expect(nameTaken(holder(labels("guestbook")), labels(undefined)).diagnostic.detail).toContain(
      "give this stack of no project another id, such as my-dev, give both",
    );
  });

  it("by another construct of the same project", () => {
    expect(nameTaken(holder(labels("shop", "dev", "dev/Other")), labels("shop")).diagnostic.detail).toBe(
      'volume name must be free, got "dev-data", which is held by the volume dev-data of project shop, stack dev, dev/Other since ' +
        "2026-01-02T03:04:05Z; remove it (`docker volume rm dev-data`), choose another name, or take it over: `terraform import ADDRESS dev-data`",
    );
  });
});
