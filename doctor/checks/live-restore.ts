import { ofEngine, unless, type Check } from "../check";

export const liveRestore: Check = {
  id: "HOST-LIVE-RESTORE",
  severity: "warning",
  cis: "2.15",
  must: "live-restore must be on",
  why: "an update of the engine stops every container otherwise",
  mend: "switch it on",
  check: ofEngine(({ info: { LiveRestoreEnabled, Swarm } }) => {
    // A swarm does not allow it.
    if (Swarm?.LocalNodeState !== undefined && !["", "inactive"].includes(Swarm.LocalNodeState)) return "not asked";
    return unless(LiveRestoreEnabled, { got: "off", settings: { "live-restore": true } });
  }),
};
