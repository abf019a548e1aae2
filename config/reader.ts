import type { EnvFile } from "./env-file";
import { fault, type Fault } from "./fault";
import { Layers } from "./layers";
import { isTcp } from "./rules/docker-host";
import { check } from "./rules/rule";
import type { Base, Setting, SettingValue } from "./setting";
import { settings } from "./settings";
import { tlsFaults } from "./tls";
import { unknownKeys } from "./unknown-keys";

/** Where the settings of one environment come from. */
export interface Sources {
  readonly name: string;
  readonly base: Base;
  readonly file: EnvFile;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Reads settings one by one and gathers what is wrong with them. */
export class Reader {
  private readonly layers: Layers;
  private readonly found: Fault[];

  constructor(private readonly sources: Sources) {
    this.layers = new Layers(sources.name, sources.file, sources.env);
    this.found = [...sources.file.faults, ...unknownKeys(sources.name, sources.file)];
  }

  get faults(): readonly Fault[] {
    return [...this.found];
  }

  /** The value of a setting; its default where nothing, or something faulty, is set. */
  read<T extends SettingValue>({ key, rule, defaults }: Setting<T>): T {
    const entry = this.layers.find(key);
    if (entry === undefined) return defaults[this.sources.base];
    const outcome = check(rule, entry.value);
    if ("value" in outcome) return outcome.value;
    this.found.push(fault(key, entry.value, rule.accepted, entry.where, outcome.hint));
    return defaults[this.sources.base];
  }

  /** The engine's address, with the certificates that it needs. The default stands in for a host that lacks them. */
  readHost(): { readonly host: string; readonly tlsCertPath?: string } {
    const host = this.read(settings.host);
    const tlsCertPath = this.read(settings.tlsCertPath);
    if (!isTcp(host)) return { host };
    const faults = tlsFaults(host, tlsCertPath, this.layers);
    this.found.push(...faults);
    if (tlsCertPath !== undefined && faults.length === 0) return { host, tlsCertPath };
    return { host: settings.host.defaults[this.sources.base] };
  }
}
