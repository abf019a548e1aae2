import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { formatFaults } from "../../config";
import { exampleFile } from "../../config/example";
import { settingsTable, withSettingsTable } from "../../config/reference";
import { check } from "../../config/rules/rule";
import { BASES, defaultText } from "../../config/setting";
import { settingList } from "../../config/settings";
import { load, loadDev } from "./load";

const root = join(__dirname, "../..");
const keys = settingList.map(({ key }) => key);

describe("settings", () => {
  it("have defaults that are accepted as they would be written", () => {
    const written = settingList
      .flatMap((setting) => BASES.map((base) => ({ setting, text: defaultText(setting, base), value: setting.defaults[base] })))
      .filter(({ text }) => text !== "");

    expect(written.map(({ setting, text }) => check(setting.rule, text))).toEqual(written.map(({ value }) => ({ value })));
    expect(written.length).toBe(3 * (settingList.length - 4));
  });

  it("have keys of which none is the end of another, so that no variable belongs to two environments", () => {
    expect(keys.filter((key) => keys.some((other) => other.endsWith(`_${key}`)))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("let the variable win over the file and the file over the default, for every combination", () => {
    const port = fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: undefined });
    fc.assert(
      fc.property(port, port, (inFile, inVariable) => {
        const environment = loadDev(`WEB_PORT=${inFile ?? ""}`, { DEV_WEB_PORT: inVariable?.toString() });
        expect(environment.web.publish.port).toBe(inVariable ?? inFile ?? 8080);
      }),
    );
  });

  it("are never changed, nor made faulty, by what is set for another environment", () => {
    const plain = load({}, { names: ["dev"] })[0];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), fc.string()), fc.string(), (values, text) => {
        const env = Object.fromEntries(Object.entries(values).map(([key, value]) => [`PROD_${key}`, value]));
        const [dev] = load({ ".env.prod": text, ".env": text }, { env });
        expect(dev).toEqual(plain);
      }),
    );
  });

  it("come out as a typed value or as a fault that the message names, whatever text is given", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), fc.string({ minLength: 1 })), (values) => {
        const variables = Object.fromEntries(Object.entries(values).map(([key, value]) => [`DEV_${key}`, value]));
        const lines = formatFaults("dev", loadDev("", variables).faults).split("\n").slice(1);
        const given = settingList.filter(({ key }) => key in values);
        const refused = given.filter(({ key, rule }) => "hint" in check(rule, values[key] ?? ""));
        expect(lines.map((line) => line.split(" must be ")[0]?.trim())).toEqual(refused.map(({ key }) => key));
      }),
    );
  });

  it("never accept text that Terraform would read as a template", () => {
    const texts = fc.tuple(fc.string(), fc.constantFrom("${", "%{"), fc.string()).map((parts) => parts.join(""));
    const prefixes = fc.constantFrom("", "/", "unix:///", "ssh://h", "tcp://h", "mysql:8");
    fc.assert(
      fc.property(prefixes, texts, (prefix, text) => {
        for (const { rule } of settingList) expect(check(rule, prefix + text)).toHaveProperty("hint");
      }),
    );
  });
});

describe(".env.example", () => {
  it("is what the settings say (npm run settings:document writes it)", () => {
    expect(readFileSync(join(root, ".env.example"), "utf8")).toBe(exampleFile());
  });

  it("sets nothing, and the defaults of dev when its settings are uncommented", () => {
    const plain = loadDev();
    const uncommented = exampleFile().replaceAll(/^#(?=[A-Z_]+=)/gm, "");

    expect(loadDev(exampleFile())).toEqual(plain);
    expect(uncommented.split("\n").filter((line) => /^[A-Z]/.test(line))).toHaveLength(settingList.length);
    expect(loadDev(uncommented)).toEqual(plain);
  });
});

describe("docs/settings.md", () => {
  const page = readFileSync(join(root, "docs/settings.md"), "utf8");

  it("holds the table of the settings (npm run settings:document writes it)", () => {
    expect(page).toContain(settingsTable());
    expect(withSettingsTable(page)).toBe(page);
  });

  it("fails to be written without its markers", () => {
    expect(() => withSettingsTable("# Settings")).toThrow(
      new Error('the page must hold the markers "<!-- prettier-ignore-start -->" and "<!-- prettier-ignore-end -->", in this order'),
    );
  });

  it("shows the message of its example as it is", () => {
    const shown = /```\n(SETTINGS: .*?)\n```/s.exec(page)?.[1];
    const [prod] = load(
      { ".env.prod": "\nWEBPORT=80\n\n\nWEB_MEMORY_MIB=1g" },
      { names: ["prod"], env: { PROD_HOST: "tcp://10.0.0.5:2375" } },
    );

    expect(formatFaults("prod", prod?.faults ?? [])).toBe(shown);
  });
});
