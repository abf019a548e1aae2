export { Engine, type EngineEvent, type EngineOptions } from "./engine";
export { EngineError, EngineHostError } from "./error";
export type { EngineRequest } from "./exchange";
export { parseHost } from "./host";
export { demultiplex, type LogChunk } from "./log-stream";
export { jsonLines, progressMessages, type ProgressMessage } from "./progress";
export { hasTls, loadTls, type TlsOptions } from "./tls";
export { compareApi, negotiateApi, NEWEST_API, OLDEST_API } from "./version";
