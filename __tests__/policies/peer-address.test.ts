import { peerAddresses } from "../../policies/peer-address";

describe("private addresses in a text", () => {
  it.each([
    ["10.20.0.3"],
    ["10.20.0.3:9092,10.20.0.4:9092", "10.20.0.4"],
    ["jdbc:mysql://10.20.0.3/shop"],
    ["jdbc:mysql://10.20.0.3,10.20.0.4/shop", "10.20.0.4"],
    ["jdbc:oracle:thin:@10.20.0.3:1521:XE"],
    ["user:pw@tcp(10.20.0.3:3306)/shop"],
    ["host=10.20.0.3 user=x"],
    ["http://10.20.0.3?x=1"],
    ["http://10.20.0.3/8"],
    ["http://10.20.0.3."],
    ["mongodb://10.20.0.3:1,10.20.0.4:2/?replicaSet=a", "10.20.0.4"],
    ["redis://:x@10.20.0.3:6379/0"],
    ["curl 10.20.0.3"],
    ["mysql -h10.20.0.3 -ux"],
    ["ssh me@10.20.0.3"],
    ["echo >/dev/tcp/10.20.0.3/80"],
    ["/ip4/10.20.0.3/tcp/4001"],
    ["socat - TCP:10.20.0.3:80"],
    ["ipv4:10.20.0.3"],
    ["[::ffff:10.20.0.3]:80"],
    ["//10.20.0.3/share"],
    ["--peer=10.20.0.3"],
    ['{"host":"10.20.0.3"}'],
    ["<host>10.20.0.3</host>"],
    ["host: 10.20.0.3\n"],
    ['text\\n10.20.0.3 "'],
    ["server 10.20.0.3:80; # the old one"],
    ["VERSION_SERVICE=http://10.20.0.3/"],
    ["version 1.2 of http://10.20.0.3"],
    ["stage=10.20.0.3"],
    ["allow 10.0.0.0/8; proxy_pass http://10.20.0.3;"],
    ["# the servers\n10.20.0.3"],
    ["from 10.20.0.0:80 to 10.20.0.3", "10.20.0.0", "10.20.0.3"],
  ])("are found in %j", (text, ...more) => {
    expect(peerAddresses(text).sort()).toEqual([...new Set([...more, "10.20.0.3"])].sort());
  });

  it.each([
    ["192.168.1.4:80", "192.168.1.4"],
    ["172.16.0.1", "172.16.0.1"],
    ["172.31.255.254", "172.31.255.254"],
    ["fd00:20::3", "fd00:20::3"],
    ["PEER=fc00::3,fd00::4", "fc00::3", "fd00::4"],
    ["amqp://[fd00:20::4]:5672", "fd00:20::4"],
    ["ipv6:fd00::5", "fd00::5"],
    ["at fd00::3: refused", "fd00::3"],
    ["fd00::3.", "fd00::3"],
    ["10.20.0.3 and 10.20.0.3", "10.20.0.3"],
  ])("are those of RFC 1918 and RFC 4193, each once: %j", (text, ...addresses) => {
    expect(peerAddresses(text)).toEqual(addresses);
  });

  it.each([
    // Ranges.
    "SUBNET=10.0.0.0/8",
    "--trusted=10.0.0.0/8,192.168.0.0/16",
    "10.20.0.3/32",
    "10.20.0.0/255.255.0.0",
    "NETWORK=10.20.0.0",
    "10.20.0.3-10.20.0.9",
    "RANGE=fd00::/8",
    "fd00:20::/64",
    // What everybody listens on, and what is public.
    "--listen=0.0.0.0:80",
    "BIND=127.0.0.1:80",
    "AT=::1",
    "[::]:80",
    "DNS=8.8.8.8",
    "http://169.254.169.254/latest",
    "172.15.0.1",
    "172.32.0.1",
    "2001:db8:fd00::1",
    "fe80::1",
    // Versions.
    "APP_VERSION=10.0.3.1",
    "SUPPORTED_VERSIONS=10.0.3.1,10.0.4.2, 10.0.5.7",
    "--app-version 10.0.3.1",
    '{"version": "10.0.3.1"}',
    "<version>10.0.3.1</version>",
    "version >= 10.0.3.1",
    "IMAGE_TAG=10.0.3.1",
    "imageTag: 10.0.3.1",
    "app==10.0.3.1",
    ">=10.0.3.1",
    "~10.0.3.1",
    "v10.0.3.1",
    "10.0.3.1-alpine",
    "10.0.3.1-rc.1",
    "10.0.3.1+build",
    "app-10.0.3.1.jar",
    "/opt/app/10.0.3.1/bin/run",
    "/opt/app-10.0.3.1/bin",
    "file:///10.0.3.1/x",
    "Agent/10.0.3.1 (x)",
    // Tags of images.
    "registry.example/app:10.0.3.1",
    "docker run app:10.0.3.1",
    "app:10.0.3.1@sha256:00",
    // A name of a certificate.
    "DNS:shop.example,IP:10.0.0.5",
    // What is no address.
    "10.20.300.4",
    "1.10.20.0.3",
    "10.20.0.3.4",
    "110.20.0.3",
    "TIME=10:20:30",
    "fd:00:11:22:33:44",
    "fd12:34",
    // Comments.
    "# server 10.20.0.3;",
    "listen 80; # once 10.20.0.3",
    "; host=10.20.0.3",
    "// 10.20.0.3",
    // Where a name will not do.
    "allow 10.20.0.3;",
    "  deny 10.20.0.3;",
    "location / { allow 10.20.0.3; }",
    "Allow from 10.20.0.3",
    "Require ip 10.20.0.3",
    "resolver 10.20.0.2 10.20.0.3;",
    "nameserver 10.20.0.2",
    "NO_PROXY=localhost,10.20.0.3,.example",
    "no_proxy=10.20.0.3",
  ])("are none in %j", (text) => {
    expect(peerAddresses(text)).toEqual([]);
  });

  it("are found in a long text in time that grows with it", () => {
    const line = "10.0.3.1.9 version fd00:fd00:fd00 ".repeat(32_768);
    expect(peerAddresses(`${line}10.20.0.3`)).toEqual(["10.20.0.3"]);
  });
});
