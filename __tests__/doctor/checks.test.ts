import { diagnose } from "../../doctor/diagnosis";
import type { Reading } from "../../doctor/reading";
import { checks } from "../../doctor/registry";
import { healthy, printing, withEngine } from "./patient";
import { DISK } from "./sick/disk";
import { ENGINE } from "./sick/engine";
import { KERNEL } from "./sick/kernel";
import { DIRECT, NETWORK, OLD } from "./sick/network";

const SICK = [...ENGINE, ...KERNEL, ...NETWORK, ...DISK];

const outcome = (id: string, reading: Reading): unknown => checks.find((check) => check.id === id)?.check(reading);

describe("a healthy host", () => {
  it("has nothing wrong, and nothing that cannot be seen", () => {
    const { findings, unseen, daemonJson } = diagnose(healthy(), checks);
    expect({ findings, unseen, daemonJson }).toEqual({ findings: [], unseen: [], daemonJson: undefined });
  });

  it("passes every check but that for engines of before Docker 28", () => {
    const asked = checks.map(({ id }) => id).filter((id) => id !== "HOST-DIRECT-ROUTE");
    expect(diagnose(healthy(), checks).passed).toEqual(asked);
  });

  it("passes that one, too, with the rules in place", () => {
    const rules = ["br-+", "docker0"].map((name) => `-A ${DIRECT(name)}`).join("\n");
    expect(outcome("HOST-DIRECT-ROUTE", printing("-A DOCKER-USER -j RETURN", rules, withEngine(OLD)))).toEqual([]);
  });
});

describe("a sick host", () => {
  it.each(SICK)("fails %s where it %s", (id, _what, reading, faults) => {
    expect(outcome(id, reading)).toEqual(faults);
  });

  it("is tried for every check", () => {
    expect(new Set(SICK.map(([id]) => id))).toEqual(new Set(checks.map(({ id }) => id)));
  });
});
