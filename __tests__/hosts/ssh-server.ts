import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { output, run } from "../e2e/command";
import { poll } from "../e2e/poll";

/** A real sshd on loopback with a host key, a configuration and a user of its own, and an agent with the user's key. It takes root. */
export class SshServer {
  readonly user = "dt-hosts";
  private readonly directory = mkdtempSync(join(tmpdir(), "dt-hosts-ssh-"));
  private readonly processes: ChildProcess[] = [];
  private port = 0;

  async start(): Promise<void> {
    // sshd reads the user's keys as the user.
    chmodSync(this.directory, 0o755);
    this.port = await freePort();
    for (const key of ["host", "client", "stranger"]) await this.makeKey(key);
    await output("cp", [this.at("client.pub"), this.at("authorized")]);
    // "*" is no password, "!" is a locked account.
    await this.removeUser();
    await output("useradd", ["--no-create-home", "--home-dir", "/", "--gid", "docker", "--shell", "/bin/sh", "--password", "*", this.user]);
    this.trust("host");
    await output("mkdir", ["-p", "/run/sshd"]);
    writeFileSync(this.at("config"), this.configuration());
    const log = openSync(this.at("log"), "a");
    this.processes.push(spawn("/usr/sbin/sshd", ["-D", "-e", "-f", this.at("config")], { stdio: ["ignore", "ignore", log] }));
    closeSync(log);
    this.processes.push(spawn("ssh-agent", ["-D", "-a", this.agent], { stdio: "ignore" }));
    await poll("the agent listens", 20, () => Promise.resolve(existsSync(this.agent) || undefined));
    await output("ssh-add", ["-q", this.at("client")], { env: { SSH_AUTH_SOCK: this.agent } });
    await poll("sshd answers", 20, async () =>
      (await run("ssh-keyscan", ["-t", "ed25519", "-p", String(this.port), "127.0.0.1"])).stdout ? true : undefined,
    );
  }

  /** The address of an engine at a socket of this machine. */
  address(socket: string): string {
    return `ssh://${this.user}@127.0.0.1:${this.port}${socket}`;
  }

  /** The socket of the agent. */
  get agent(): string {
    return this.at("agent.sock");
  }

  /** What keeps ssh from the settings and known hosts of whoever runs the tests. */
  get options(): string[] {
    return ["-F", "none", "-o", `UserKnownHostsFile=${this.knownHosts}`, "-o", "GlobalKnownHostsFile=/dev/null"];
  }

  /** A folder of this name, which goes with the server. */
  folder(name: string): string {
    mkdirSync(this.at(name), { recursive: true });
    return this.at(name);
  }

  get knownHosts(): string {
    return this.at("known_hosts");
  }

  /** Makes known_hosts say that the host has this key: its own, another, or none. */
  trust(key: "host" | "stranger" | "none"): void {
    const line = (): string => `[127.0.0.1]:${this.port} ${readFileSync(this.at(`${key}.pub`), "utf8")}`;
    writeFileSync(this.knownHosts, key === "none" ? "" : line());
  }

  /** How many logins sshd has let in so far, by its log. */
  logins(): number {
    return readFileSync(this.at("log"), "utf8").split(`Accepted publickey for ${this.user} `).length - 1;
  }

  async stop(): Promise<void> {
    await run("pkill", ["-KILL", "-U", this.user]);
    for (const child of this.processes) child.kill();
    await this.removeUser();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private at(name: string): string {
    return join(this.directory, name);
  }

  private async makeKey(name: string): Promise<void> {
    await output("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", this.at(name)]);
  }

  private async removeUser(): Promise<void> {
    if ((await run("id", [this.user])).code === 0) await output("userdel", ["--force", this.user]);
  }

  private configuration(): string {
    return `Port ${this.port}
ListenAddress 127.0.0.1
HostKey ${this.at("host")}
AuthorizedKeysFile ${this.at("authorized")}
PidFile ${this.at("pid")}
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
AllowUsers ${this.user}
`;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
