/** Fields of a line, as nginx's variables. What may be secret is not among them: query, cookies, `Authorization` and other headers. */
const FIELDS = {
  time: "$time_iso8601",
  id: "$request_id",
  address: "$remote_addr",
  method: "$request_method",
  scheme: "$scheme",
  host: "$host",
  path: "$path_alone",
  protocol: "$server_protocol",
  tls: "$ssl_protocol",
  upstream: "$upstream_addr",
  upstreamStatus: "$upstream_status",
  upstreamSeconds: "$upstream_response_time",
  userAgent: "$http_user_agent",
} as const;

const TEXTS = Object.entries(FIELDS)
  .map(([name, variable]) => `"${name}":"${variable}"`)
  .join(",");

/** Each request as a line of JSON on the container's output. A connection that ends before its request has the status 0. */
export const JSON_LOG = `map $request_uri $path_alone {
  "~^(?<before_query>[^?#]*)" $before_query;
}
map $status $status_number {
  default $status;
  ~^0 0;
}
log_format json_lines escape=json '{${TEXTS},"status":$status_number,"bytes":$body_bytes_sent,"seconds":$request_time}';
access_log /dev/stdout json_lines;
`;
