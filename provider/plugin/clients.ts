import type { Http2Session } from "node:http2";
import { startLifecycle, type Lifecycle } from "./lifecycle";
import type { RequestHandler } from "./server";

/**
 * A provider of its own for each client. One that terraform starts has one client; one that runs on has a client for each provider block
 * and phase of each terraform, and neither their configurations nor their ends must meet.
 *
 * @param serve Makes the provider of a client; its lifecycle ends with the connection.
 */
export function forEachClient(serve: (client: Lifecycle) => RequestHandler): RequestHandler {
  const handlers = new WeakMap<Http2Session, RequestHandler>();
  const begin = (session: Http2Session): RequestHandler => {
    const client = startLifecycle();
    session.once("close", () => {
      client.stop();
      client.end();
    });
    const handler = serve(client);
    handlers.set(session, handler);
    return handler;
  };
  return (request, response) => {
    const { session } = request.stream;
    // A client that has gone already gets no answer.
    if (session !== undefined && !session.destroyed) (handlers.get(session) ?? begin(session))(request, response);
  };
}
