import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { makeCacheDirectory } from "./cache-directory";
import { isNotFound, runCommand, type CommandResult } from "./command";
import { aptMissing, keyringMissing, keyringOutdated, mirrorUnreachable, packagesUnavailable, type ImageError } from "./image-error";

/** A downloaded package. */
export interface DebPackage {
  readonly name: string;
  readonly version: string;
  readonly file: string;
}

export interface AptSuiteProps {
  /** Where lists and packages are kept between builds. */
  readonly cache: string;
  readonly suite: string;
  /** URI of the mirror. */
  readonly mirror: string;
  /** Keys that lists may be signed with. @default "/usr/share/keyrings/debian-archive-keyring.gpg" */
  readonly keyring?: string;
  readonly onProgress?: (text: string) => void;
}

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
const MAX_LIST_AGE_MS = 24 * 60 * 60 * 1000;

// Our own lists and an empty status: nothing counts as installed, so the answer is complete and the host is not touched.
// The hooks that the host runs after an update need root. A frozen mirror is out of date, yet signed.
const configuration = (directory: string): string => `
Dir::Etc::SourceList "${directory}/sources.list";
Dir::Etc::SourceParts "${directory}/none.d";
Dir::Etc::Preferences "${directory}/none";
Dir::Etc::PreferencesParts "${directory}/none.d";
Dir::State "${directory}";
Dir::State::Lists "${directory}/lists";
Dir::State::status "${directory}/status";
Dir::Cache "${directory}";
Dir::Cache::Archives "${directory}/archives";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
Acquire::Retries "2";
Acquire::http::Timeout "20";
#clear Acquire::IndexTargets::deb::DEP-11;
#clear Acquire::IndexTargets::deb::DEP-11-icons;
#clear Acquire::IndexTargets::deb::DEP-11-icons-small;
#clear Acquire::IndexTargets::deb::DEP-11-icons-large;
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
`;

const refreshes = new Map<string, Promise<void>>();

/** One suite of the distribution, resolved apart from what is installed on this machine; needs no root. */
export class AptSuite {
  private readonly directory: string;

  constructor(private readonly props: AptSuiteProps) {
    this.directory = makeCacheDirectory(join(props.cache, "apt", props.suite));
    makeCacheDirectory(join(this.directory, "none.d"));
    makeCacheDirectory(join(this.directory, "lists/partial"));
    makeCacheDirectory(join(this.directory, "archives/partial"));
    writeIfDifferent(join(this.directory, "apt.conf"), configuration(this.directory));
    writeIfDifferent(join(this.directory, "status"), "");
    writeIfDifferent(join(this.directory, "sources.list"), this.sources);
  }

  /**
   * Downloads packages with all that they depend on, in the order of their names.
   *
   * @throws ImageError APT_MISSING, KEYRING_MISSING, KEYRING_OUTDATED, MIRROR_UNREACHABLE, PACKAGES_UNAVAILABLE
   */
  async download(packages: readonly string[]): Promise<DebPackage[]> {
    await this.refresh();
    const install = ["install", "--yes", ...packages];
    const plan = await this.apt([...install, "--simulate"]);
    const fetched = plan.exitCode === 0 ? await this.apt([...install, "--download-only", "-q"]) : plan;
    if (fetched.exitCode !== 0) throw packagesUnavailable(this.props.suite, packages, faultOf(fetched));
    return plan.lines.flatMap((line) => this.parsePlan(line)).sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /** Fetches the lists at most once a day, once for all builds of this process. Old lists are better than none. */
  private async refresh(): Promise<void> {
    if (this.isFresh()) return;
    const running = refreshes.get(this.directory) ?? this.update().finally(() => refreshes.delete(this.directory));
    refreshes.set(this.directory, running);
    await running;
  }

  private async update(): Promise<void> {
    this.props.onProgress?.(`reading the package lists of ${this.props.suite}`);
    const update = await this.apt(["update", "--error-on=any", "-q"]);
    if (update.exitCode === 0) writeFileSync(this.stamp, this.sources);
    else if (!existsSync(this.stamp)) throw this.updateFault(update);
    else this.props.onProgress?.(`using older package lists of ${this.props.suite}: ${faultOf(update)}`);
  }

  private updateFault(update: CommandResult): ImageError {
    const { suite, mirror } = this.props;
    if (!existsSync(this.keyring)) return keyringMissing(this.keyring);
    const keys = [...update.errors.join("\n").matchAll(/NO_PUBKEY ([0-9A-F]+)/g)].map(([, key = ""]) => key);
    return keys.length > 0 ? keyringOutdated(this.keyring, suite, [...new Set(keys)]) : mirrorUnreachable(suite, mirror, faultOf(update));
  }

  private isFresh(): boolean {
    if (!existsSync(this.stamp) || readFileSync(this.stamp, "utf8") !== this.sources) return false;
    return Date.now() - statSync(this.stamp).mtimeMs < MAX_LIST_AGE_MS;
  }

  /** Runs apt-get while holding the suite's lock, which the kernel lets go whatever happens to us. */
  private async apt(args: readonly string[]): Promise<CommandResult> {
    const lock = join(this.directory, "lock");
    const command = [lock, "apt-get", "-c", join(this.directory, "apt.conf"), ...args];
    try {
      await runCommand("apt-get", ["--version"]);
      return await runCommand("flock", command, (line) => this.tell(line));
    } catch (error) {
      throw isNotFound(error) ? aptMissing("apt-get") : error;
    }
  }

  private tell(line: string): void {
    const [, name, version, size] = /^Get:\d+ \S+ \S+ \S+ (\S+) \S+ (\S+) \[(.*)\]$/.exec(line) ?? [];
    if (name !== undefined) this.props.onProgress?.(`downloading ${name} ${version ?? ""} (${size ?? ""})`);
  }

  /** `Inst nginx (1.30.6-2 Debian:unstable [amd64])`: apt keeps it under this name, with the epoch's colon escaped. */
  private parsePlan(line: string): DebPackage[] {
    const [, name, version, architecture] = /^Inst (\S+) \((\S+) .*\[(\S+)\]\)/.exec(line) ?? [];
    if (name === undefined || version === undefined || architecture === undefined) return [];
    const file = `${name}_${version.replaceAll(":", "%3a")}_${architecture}.deb`;
    return [{ name, version, file: join(this.directory, "archives", file) }];
  }

  private get keyring(): string {
    return this.props.keyring ?? KEYRING;
  }

  private get stamp(): string {
    return join(this.directory, "updated");
  }

  private get sources(): string {
    return `deb [signed-by=${this.keyring}] ${this.props.mirror} ${this.props.suite} main\n`;
  }
}

function faultOf(result: CommandResult): string {
  const told = (kind: string): string | undefined => result.errors.find((line) => line.startsWith(kind));
  return (told("E: ") ?? told("W: ") ?? result.errors[0] ?? `apt-get ended with exit code ${result.exitCode}`).replace(/^[EW]: /, "");
}

function writeIfDifferent(file: string, text: string): void {
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
