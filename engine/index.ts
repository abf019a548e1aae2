export { Engine, type EngineEvent, type EngineOptions } from "./engine";
export { EngineError, EngineHostError } from "./error";
export type { EngineRequest } from "./exchange";
export { DEFAULT_HOST, parseHost } from "./host";
export { demultiplex, type LogChunk } from "./log-stream";
export { jsonLines, progressMessages, type ProgressMessage } from "./progress";
export { controlDirectory, sshArguments } from "./ssh";
export { hasTls, loadTls, type TlsOptions } from "./tls";
export { compareApi, isApiVersion, negotiateApi, NEWEST_API, OLDEST_API } from "./version";
