import { parseHost } from "../../engine";

describe("parseHost", () => {
  it.each([
    ["unix:///var/run/docker.sock", { kind: "unix", path: "/var/run/docker.sock" }],
    ["ssh://deploy@web-1", { kind: "ssh", user: "deploy", hostname: "web-1" }],
    ["ssh://deploy@web-1:2222", { kind: "ssh", user: "deploy", hostname: "web-1", port: 2222 }],
    ["ssh://[fd00::1]/", { kind: "ssh", hostname: "fd00::1" }],
    [
      "ssh://deploy@web-1/run/user/1000/docker.sock",
      { kind: "ssh", user: "deploy", hostname: "web-1", socket: "/run/user/1000/docker.sock" },
    ],
  ])("reads %s", (address, host) => {
    expect(parseHost(address, false)).toEqual(host);
  });

  it("takes tcp with TLS, on the port of TLS", () => {
    expect(parseHost("tcp://10.0.0.5", true)).toEqual({ kind: "tls", hostname: "10.0.0.5", port: 2376 });
    expect(parseHost("tcp://docker.example:4243", true)).toEqual({ kind: "tls", hostname: "docker.example", port: 4243 });
  });

  it("fails on plain tcp and says why", () => {
    expect(() => parseHost("tcp://10.0.0.5:2375", false)).toThrow(
      'DOCKER_HOST_PLAIN_TCP: host must not be plain tcp, got "tcp://10.0.0.5:2375"; whoever reaches that port is root on the machine: ' +
        "use ssh://user@10.0.0.5, or give client certificates (cert_path, or ca_material, cert_material and key_material)",
    );
  });

  it.each([
    "",
    "docker",
    "unix://relative",
    "http://10.0.0.5",
    "ssh://",
    "ssh://-oProxyCommand=x",
    "ssh://a:b@host",
    "ssh://host/$(x)",
    "ssh://host/a b",
  ])("fails on %j", (address) => {
    expect(() => parseHost(address, false)).toThrow(
      `DOCKER_HOST_MALFORMED: host must be unix:///path/to.sock, ssh://user@host[:port][/path/to.sock] or tcp://host:2376 with TLS certificates, got ${JSON.stringify(address)}`,
    );
  });
});
