import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import {
  create,
  fromBinary,
  toBinary,
  type DescMessage,
  type DescMethod,
  type DescService,
  type Message,
  type MessageInitShape,
} from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import type { RequestHandler } from "./server";

/** Status codes of gRPC. */
const OK = 0;
const INVALID_ARGUMENT = 3;
const UNIMPLEMENTED = 12;
const INTERNAL = 13;

/** Before each message: one byte for its compression, four for its length. */
const PREFIX_BYTES = 5;
const HEADERS = { "content-type": "application/grpc" };

/** One service and what answers its calls. */
export interface Served {
  readonly service: DescService;
  readonly calls: Readonly<Record<string, unknown>>;
}

/** What answers the calls of a service, by its description. */
export function served<S extends DescService>(service: S, calls: ServiceImpl<S>): Served {
  return { service, calls };
}

type Call = (request: Message) => unknown;

interface Route {
  readonly method: DescMethod;
  readonly call: Call;
}

/**
 * Answers gRPC calls over HTTP/2: one message comes, and one goes back, or a stream of them. Messages are not compressed, limits of time and
 * metadata are not looked at: the client is on the same machine and sends none.
 */
export function grpcHandler(services: readonly Served[]): RequestHandler {
  const routes = new Map(services.flatMap(routesOf));
  return (request, response) => {
    const route = routes.get(request.url);
    if (route === undefined) end(response, UNIMPLEMENTED, `${request.url} must be a call of this provider`);
    else void answer(route, request, response);
  };
}

function routesOf({ service, calls }: Served): [string, Route][] {
  return service.methods.map((method) => [`/${service.typeName}/${method.name}`, { method, call: calls[method.localName] as Call }]);
}

async function answer({ method, call }: Route, request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
  try {
    const asked = unframed(await bodyOf(request), method.input);
    if (method.methodKind === "unary") {
      const message = framed(await call(asked), method.output);
      response.writeHead(200, HEADERS);
      response.write(message);
    } else {
      // The head goes now, whenever a message comes.
      response.writeHead(200, HEADERS);
      for await (const message of call(asked) as AsyncIterable<unknown>) response.write(framed(message, method.output));
    }
    end(response, OK);
  } catch (error) {
    end(response, error instanceof MalformedError ? INVALID_ARGUMENT : INTERNAL, error instanceof Error ? error.message : String(error));
  }
}

function end(response: Http2ServerResponse, status: number, message = ""): void {
  // Terraform may be gone.
  if (response.stream.destroyed) return;
  if (!response.headersSent) response.writeHead(200, HEADERS);
  response.addTrailers({
    "grpc-status": String(status),
    ...(message === "" ? {} : { "grpc-message": encodeURIComponent(Buffer.from(message).toString()) }),
  });
  response.end();
}

async function bodyOf(request: Http2ServerRequest): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

/** A request is no message of its call. */
class MalformedError extends Error {}

function unframed(body: Buffer, type: DescMessage): Message {
  const isWhole = body.length >= PREFIX_BYTES && body[0] === 0 && body.readUInt32BE(1) === body.length - PREFIX_BYTES;
  if (!isWhole) throw new MalformedError("a request must be one message, not compressed, got something else");
  try {
    return fromBinary(type, body.subarray(PREFIX_BYTES));
  } catch (cause) {
    throw new MalformedError(`a request must be a ${type.typeName}, got something else`, { cause });
  }
}

function framed(message: unknown, type: DescMessage): Buffer {
  const bytes = toBinary(type, create(type, message as MessageInitShape<DescMessage>));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([prefix, bytes]);
}
