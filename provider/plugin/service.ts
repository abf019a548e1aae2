import { connectNodeAdapter } from "@connectrpc/connect-node";
import { GRPCController, GRPCStdio } from "../gen/plugin_pb";
import { Provider } from "../gen/provider_pb";
import type { Log } from "../log";
import { providerService } from "../service/provider-service";
import { DATA_SOURCES, RESOURCES } from "../resources";
import type { Lifecycle } from "./lifecycle";
import type { RequestHandler } from "./server";

/** The services of the plugin as a handler of HTTP/2 requests. */
export function serve(lifecycle: Lifecycle, log: Log): RequestHandler {
  return connectNodeAdapter({
    connect: false,
    grpcWeb: false,
    grpc: true,
    // Terraform would take gzip, but it is on the same machine: compressing costs more time and memory than it saves.
    acceptCompression: [],
    routes: (router) => {
      router.service(Provider, providerService({ resources: RESOURCES, dataSources: DATA_SOURCES, lifecycle, log }));
      router.service(GRPCController, { shutdown: () => end(lifecycle) });
      router.service(GRPCStdio, { streamStdio: () => silence(lifecycle) });
    },
  });
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
