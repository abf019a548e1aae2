import { ofHost, unless, type Check } from "../check";
import { quoted } from "../quoted";

export const socketUsers: Check = {
  id: "HOST-SOCKET-USERS",
  severity: "note",
  cis: "1.1.2",
  owasp: ["1"],
  must: "only those who may be root on the host should be in the group of the engine's socket",
  why: "a container that mounts / is root on the host, and they may start one",
  mend: "look at the names, and take out who has no business there",
  check: ofHost(({ socket }) => {
    if (socket === undefined) return "unseen";
    const members = socket.members.filter((name) => name !== "root");
    return unless(members.length === 0, {
      got: `${members.join(", ")} in ${socket.group}`,
      commands: members.map((name) => `gpasswd -d ${quoted(name)} ${quoted(socket.group)}`),
    });
  }),
};
