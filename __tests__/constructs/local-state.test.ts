import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keepStateLocally } from "../../constructs";
import { inFolder, newStack, written } from "./synth";

function synthWithState(folder: string): unknown {
  const stack = newStack(folder);
  keepStateLocally(stack);
  return JSON.parse(written(folder, stack));
}

const mode = (folder: string, file: string): string => (statSync(join(folder, file)).mode & 0o777).toString(8);

describe("keepStateLocally", () => {
  it("keeps the state beside the output, by a relative path, for its owner alone", () => {
    inFolder((folder) => {
      expect(synthWithState(folder)).toMatchObject({ terraform: { backend: { local: { path: "../../../terraform.dev.tfstate" } } } });
      expect(mode(folder, "terraform.dev.tfstate")).toBe("600");
      expect(mode(folder, "terraform.dev.tfstate.backup")).toBe("600");
    });
  });

  it("leaves a state that is there as it is, and takes it from others", () => {
    inFolder((folder) => {
      writeFileSync(join(folder, "terraform.dev.tfstate"), "state", { mode: 0o644 });
      synthWithState(folder);
      expect(readFileSync(join(folder, "terraform.dev.tfstate"), "utf8")).toBe("state");
      expect(mode(folder, "terraform.dev.tfstate")).toBe("600");
    });
  });
});
