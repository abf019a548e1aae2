import { GRPCController, GRPCStdio } from "../gen/plugin_pb";
import { Provider } from "../gen/provider_pb";
import type { Log } from "../log";
import { providerService } from "../service/provider-service";
import { DATA_SOURCES, RESOURCES } from "../resources";
import type { Lifecycle } from "./lifecycle";
import { grpcHandler, served } from "./grpc";
import type { RequestHandler } from "./server";

/** The services of the plugin as a handler of HTTP/2 requests. */
export function serve(lifecycle: Lifecycle, log: Log): RequestHandler {
  return grpcHandler([
    served(Provider, providerService({ resources: RESOURCES, dataSources: DATA_SOURCES, lifecycle, log })),
    served(GRPCController, { shutdown: () => end(lifecycle) }),
    served(GRPCStdio, { streamStdio: () => silence(lifecycle) }),
  ]);
}

function end(lifecycle: Lifecycle): Record<string, never> {
  lifecycle.stop();
  lifecycle.end();
  return {};
}

// Terraform holds this stream for the whole life of the plugin; our output goes to standard error instead.
function silence(lifecycle: Lifecycle): AsyncIterable<never> {
  const next = (): Promise<IteratorReturnResult<undefined>> => lifecycle.ended.then(() => ({ done: true, value: undefined }));
  return { [Symbol.asyncIterator]: () => ({ next }) };
}
