import type { Daemon } from "./daemon";
import type { HostFacts } from "./host-facts";

/** The command by which the engine takes up what was changed in its file. */
export function restartCommand(host: HostFacts, daemon: Daemon): string {
  if (host.programs.has("systemd")) return "systemctl restart docker";
  const { pid, commandLine } = daemon.process;
  return `kill ${String(pid)}; while kill -0 ${String(pid)} 2>/dev/null; do sleep 1; done; ${startInBackground(commandLine)}`;
}

/** How a daemon is started where there is no systemd. */
export const startInBackground = (commandLine: readonly string[]): string =>
  `setsid nohup ${commandLine.map(quoted).join(" ")} >>/var/log/dockerd.log 2>&1 </dev/null &`;

/** A word of a shell command. */
export const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
