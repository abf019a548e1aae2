import { evaluate } from "../../policies/evaluate";
import { fromTerraformPlan } from "../../policies/terraform-plan";
import recorded from "../fixtures/policies/plan.json";

const stack = fromTerraformPlan(recorded, "plan.json", () => undefined);

/** Recorded by `terraform show -json` of Terraform 1.11.4: a container that is plain, one for each of two images, two of a module. */
describe("a plan", () => {
  it("has the containers of all modules, with the images that they refer to", () => {
    expect(stack?.containers.map(({ address, image }) => [address, image?.reference])).toEqual([
      ['docker_container.shop["a"]', "registry.example/shop:1.4.2"],
      ['docker_container.shop["b"]', "registry.example/shop"],
      ["docker_container.web", "nginx:latest"],
      ["module.db.docker_container.db[0]", "mysql:8.4.11"],
      ["module.db.docker_container.db[1]", "mysql:8.4.11"],
    ]);
  });

  it("knows the host's directories behind volumes, and how the engine is reached", () => {
    expect(stack?.containers.map(({ hostPaths }) => hostPaths)).toEqual([[], [], ["/etc"], [], []]);
    expect(stack?.providers).toEqual([{ host: "unix:///var/run/docker.sock", tls: false }]);
  });

  it("is judged like a configuration, with what variables and defaults have become", () => {
    const findings = evaluate(stack ?? { name: "", containers: [], providers: [] }, { profile: "prod" }).findings;
    const web = findings.filter(({ address }) => address === "docker_container.web").map(({ rule }) => rule);

    expect(web).toEqual([
      "CIS-4.1",
      "CIS-5.4",
      "CIS-5.6",
      "CIS-5.11",
      "CIS-5.12",
      "CIS-5.13",
      "CIS-5.14",
      "CIS-5.26",
      "CIS-5.27",
      "CIS-5.29",
      "CIS-5.30",
      "TIERS-VERSION",
      "TIERS-DIGEST",
      "TIERS-LOG",
      "CIS-5.8",
    ]);
    expect(findings.filter(({ rule }) => rule === "TIERS-SECRET").map(({ path }) => path)).toEqual([
      "module.db.docker_container.db[0]",
      "module.db.docker_container.db[1]",
    ]);
  });

  it.each([null, {}, { resource: {} }, { planned_values: [] }])("is not %j", (json) => {
    expect(fromTerraformPlan(json, "", () => undefined)).toBeUndefined();
  });
});
