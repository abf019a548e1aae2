import { ofEngine, type Check, type Fault } from "../check";
import { Daemon } from "../daemon";

export const openTcp: Check = {
  id: "HOST-TCP",
  severity: "error",
  cis: "2.7",
  owasp: ["1"],
  must: "the engine must not listen on tcp without verified client certificates",
  why: "whoever reaches that port is root on the host, also on loopback",
  mend: "take the address out, and reach the host by ssh://",
  check: ofEngine(({ info: { Warnings } }, reading) => {
    const daemon = Daemon.of(reading);
    if (daemon !== undefined) return faults(daemon);
    // All engines that we speak to warn of it.
    return (Warnings ?? []).flatMap((warning) => {
      const address = /API is accessible on (\S+)/.exec(warning)?.[1];
      return address === undefined ? [] : [{ got: address }];
    });
  }),
};

function faults(daemon: Daemon): Fault[] {
  if (daemon.flag("tlsverify") === true) return [];
  const open = daemon.addresses.filter((address) => /^(tcp|https?):/.test(address));
  const hosts = daemon.file["hosts"];
  const rest = Array.isArray(hosts) ? hosts.filter((address) => !open.includes(String(address))) : undefined;
  return open.map((address) => ({
    got: address,
    ...(rest === undefined ? {} : { settings: { hosts: rest.length === 0 ? undefined : rest } }),
  }));
}
