import { ofEngine, unless, type Check } from "../check";

export const icc: Check = {
  id: "HOST-ICC",
  severity: "warning",
  cis: "2.2",
  owasp: ["5"],
  must: "containers of the default bridge must not reach each other",
  why: "whatever is started without a network lands there, beside everything else",
  mend: "switch inter-container communication of the default bridge off",
  check: ofEngine(({ networks }) => {
    const bridge = networks.find(({ options }) => options["com.docker.network.bridge.default_bridge"] === "true");
    return unless(bridge?.options["com.docker.network.bridge.enable_icc"] !== "true", { got: "icc = true", settings: { icc: false } });
  }),
};
