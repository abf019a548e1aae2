import { containerRule } from "../rule";

export const defaultBridge = containerRule({
  id: "CIS-5.30",
  severity: "error",
  cis: "5.30",
  owasp: ["5"],
  must: "container must not be on the engine's default network",
  why: "all strangers on it reach each other, and names do not work",
  mend: "set network to a BridgeNetwork, or leave it out for none",
  check: ({ attributes }) => {
    const mode = attributes.text("network_mode");
    const seats = attributes.blocks("networks_advanced").map((seat) => seat.text("name"));
    if (seats.includes("bridge")) return ["network bridge"];
    const strangers = ["", "bridge", "default"].includes(mode) && seats.length === 0;
    // How many seats a dynamic block makes is not known before the plan.
    return strangers && !attributes.has("dynamic") ? [attributes.shown("network_mode")] : [];
  },
});
