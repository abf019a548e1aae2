import type { Daemon } from "./daemon";
import type { HostFacts } from "./host-facts";
import { quoted } from "./quoted";

/** The command that stops the engine, and waits until it has. Another finding's commands may have restarted it before: its number is asked for. */
export function stopCommand({ programs }: HostFacts, daemon: Daemon): string {
  if (programs.has("systemd")) return "systemctl stop docker.socket docker.service";
  const pidFile = quoted(daemon.text("pidfile") ?? "/var/run/docker.pid");
  return `pid=$(cat ${pidFile}); kill $pid; while kill -0 $pid 2>/dev/null; do sleep 1; done`;
}

/** The command that starts the engine as it was started before. */
export const startCommand = ({ programs }: HostFacts, { process: { commandLine } }: Daemon): string =>
  programs.has("systemd") ? "systemctl start docker" : startInBackground(commandLine);

/** How a daemon is started where there is no systemd. */
export const startInBackground = (commandLine: readonly string[]): string =>
  `setsid nohup ${commandLine.map(quoted).join(" ")} >>/var/log/dockerd.log 2>&1 </dev/null &`;
