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
    return ["", "bridge", "default"].includes(mode) && seats.length === 0 && !attributes.has("networks_advanced")
      ? [attributes.shown("network_mode")]
      : [];
  },
});
