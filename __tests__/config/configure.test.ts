import { App } from "cdktf";
import { LABEL } from "../../constructs";
import { settingList } from "../../config/settings";
import { Guestbook } from "../../stacks/guestbook";
import { inFolder, label, resources, written, type TerraformJson } from "../constructs/synth";
import { loadDev } from "./load";
import { withOtherValues } from "./other-values";

/** What is written for the guestbook of an environment with these settings. */
function synth(values: Readonly<Record<string, string>>): string {
  const text = Object.entries(values).map(([key, value]) => `${key}=${value}\n`);
  return inFolder((folder) => {
    const environment = loadDev(text.join(""));
    expect(environment.faults).toEqual([]);
    const stack = new Guestbook(new App({ outdir: `${folder}/cdktf.out` }), "dev", { environment });
    return written(folder, stack);
  });
}

/** Settings that are nothing without another one. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  HOST: ["TLS_CERT_PATH"],
  TLS_CERT_PATH: ["HOST"],
  HOST_MEMORY_MIB: ["POLICY_SEVERITIES"],
  POLICY_SEVERITIES: ["HOST_MEMORY_MIB"],
};

const parse = (text: string): TerraformJson => JSON.parse(text) as TerraformJson;

describe("a configured stack", () => {
  const plain = synth({});

  it.each(settingList.map(({ key }) => key))("is another one with another %s", (key) => {
    withOtherValues((values) => {
      const changed = Object.fromEntries([key, ...(NEEDED[key] ?? [])].map((each) => [each, values[each] ?? ""]));
      expect(synth(changed) === plain).toBe(false);
    });
  });

  it("is the same one with nothing changed", () => {
    expect(synth({ PROJECT: "", WEB_PORT: "8080" })).toBe(plain);
  });

  it("carries PROJECT as a label of every network, volume and container", () => {
    const projects = (text: string): unknown[] =>
      ["docker_network", "docker_volume", "docker_container"].map((type) => [
        ...new Set(Object.values(resources(parse(text), type)).map((attributes) => label(attributes, LABEL.project))),
      ]);
    expect(projects(plain)).toEqual([["docker-tiers"], ["docker-tiers"], ["docker-tiers"]]);
    expect(projects(synth({ PROJECT: "@team/other" }))).toEqual([["@team/other"], ["@team/other"], ["@team/other"]]);
  });

  it("reaches its host with the certificates of TLS_CERT_PATH", () => {
    withOtherValues(({ HOST = "", TLS_CERT_PATH = "" }) => {
      const { provider } = parse(synth({ HOST, TLS_CERT_PATH }));
      expect(provider?.["docker"]).toMatchObject([{ host: HOST, cert_path: TLS_CERT_PATH }]);
    });
  });
});
