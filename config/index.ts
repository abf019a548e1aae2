/** The environments of an installation and their settings. */
export { Environment } from "./environment";
export type { AppSettings, LogSettings, MySqlSettings, RedisSettings, WebSettings } from "./environment";
export { Environments, type LoadOptions } from "./environments";
export type { EnvironmentName } from "./environment-name";
export { formatFaults, type Fault } from "./fault";
export type { Base as EnvironmentBase } from "./setting";
