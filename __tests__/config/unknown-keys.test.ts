import { formatFaults } from "../../config";
import { loadDev } from "./load";

const message = (text: string) => formatFaults("dev", loadDev(text).faults);
const only = (line: string) => `SETTINGS: dev has 1 fault; nothing is applied\n  ${line}`;

describe("unknown keys of a file", () => {
  it.each([
    ["WEBPORT", "did you mean WEB_PORT?"],
    ["web_port", "did you mean WEB_PORT?"],
    ["MYSQL_MEMORY", "did you mean MYSQL_MEMORY_MIB?"],
    ["DEV_WEB_PORT", "did you mean WEB_PORT?"],
    ["REPLICAS", "did you mean WEB_REPLICAS?"],
    ["ZZZZZZZZZZZZZZZZ", "the nearest is LOG_MAX_SIZE_MIB; docs/settings.md lists them all"],
  ])("fails for %s with the nearest setting", (key, hint) => {
    expect(message(`${key}=80`)).toBe(only(`${key} must be a known setting, got "80"; ${hint} (file .env.dev line 1)`));
  });

  it("fails for a secret without telling it", () => {
    expect(message("MYSQL_ROOT_PASSWORD=hunter2")).toBe(
      only(
        'MYSQL_ROOT_PASSWORD must be a known setting, got "***"; ' +
          "the nearest is MYSQL_DATABASE; docs/settings.md lists them all (file .env.dev line 1)",
      ),
    );
  });

  it("fails even when the value is empty", () => {
    expect(message("WEBPORT=")).toBe(only('WEBPORT must be a known setting, got ""; did you mean WEB_PORT? (file .env.dev line 1)'));
  });
});
