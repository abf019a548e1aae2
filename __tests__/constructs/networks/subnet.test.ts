import { BridgeNetwork, MacvlanNetwork, OverlayNetwork, type BridgeNetworkProps } from "../../../constructs";
import { inStack, resource, synth } from "../synth";

const edge = (props: BridgeNetworkProps) => () => inStack((stack) => new BridgeNetwork(stack, "Edge", props));

describe("the subnets of a network", () => {
  it("are of both families, with what the engine hands out and what it never does", () => {
    const ipv6 = { subnet: "fd00:20::/64", gateway: "fd00:20::1", ipRange: "fd00:20::1:0/112" };
    const json = synth((stack) => {
      new BridgeNetwork(stack, "Edge", { subnet: "10.20.0.0/24", ipRange: "10.20.0.128/25", reserved: { printer: "10.20.0.130" }, ipv6 });
    });
    expect(resource(json, "docker_network", "Edge/Resource")).toMatchObject({
      ipv6: true,
      ipam_config: [
        { subnet: "10.20.0.0/24", gateway: "10.20.0.1", ip_range: "10.20.0.128/25", aux_address: { printer: "10.20.0.130" } },
        { subnet: "fd00:20::/64", gateway: "fd00:20::1", ip_range: "fd00:20::1:0/112" },
      ],
    });
  });

  it.each<[BridgeNetworkProps, string]>([
    [
      { ipv6: { subnet: "10.20.0.0/24" } },
      'SUBNET: subnet must be IPv6 in CIDR notation, got "10.20.0.0/24"; use "fd00:20::/64" (at dev/Edge)',
    ],
    [{ subnet: "fd00:20::/64" }, 'SUBNET: subnet must be IPv4 in CIDR notation, got "fd00:20::/64"; use "10.20.0.0/24" (at dev/Edge)'],
    [
      { ipv6: { subnet: "fd00:20::7/64" } },
      'SUBNET: subnet must start at its first address, got "fd00:20::7/64"; use "fd00:20::/64" (at dev/Edge)',
    ],
    [
      { ipv6: { subnet: "fd00:20::/64", gateway: "10.20.0.1" } },
      'GATEWAY: gateway must lie in fd00:20::/64, got "10.20.0.1"; use "fd00:20::1" (at dev/Edge)',
    ],
    [
      { subnet: "10.20.0.0/24", ipRange: "10.20.0.0/23" },
      'IP_RANGE: ipRange must lie in 10.20.0.0/24, got "10.20.0.0/23"; use "10.20.0.128/25" (at dev/Edge)',
    ],
    [
      { ipv6: { subnet: "fd00:20::/64", ipRange: "fd00:20:0:0:8000::/65" } },
      'IP_RANGE: ipRange must begin within 2^63 addresses of fd00:20::/64, got "fd00:20:0:0:8000::/65"; use "fd00:20::1:0/112" (at dev/Edge)',
    ],
    [{ ipRange: "10.20.0.0/25" }, "IP_RANGE: ipRange must lie in a subnet, got 10.20.0.0/25 without one; add subnet (at dev/Edge)"],
    [
      { subnet: "10.20.0.0/24", reserved: { printer: "10.21.0.1" } },
      'RESERVED: reserved address of printer must lie in 10.20.0.0/24, got "10.21.0.1"; leave it out (at dev/Edge)',
    ],
    [
      { reserved: { printer: "10.21.0.1" } },
      'RESERVED: reserved must lie in a subnet, got {"printer":"10.21.0.1"} without one; add subnet (at dev/Edge)',
    ],
  ])("fails for %j", (props, message) => {
    expect(edge(props)).toThrow(new Error(message));
  });

  it("fails where those of two networks overlap, of whatever driver", () => {
    const build = () =>
      inStack((stack) => {
        new MacvlanNetwork(stack, "Lan", { parent: "eth0", subnet: "10.20.0.0/16" });
        new OverlayNetwork(stack, "Wide", { subnet: "10.20.3.0/24" });
      });
    expect(build).toThrow(
      new Error("SUBNET_OVERLAP: subnet must not overlap 10.20.0.0/16 of dev/Lan, got 10.20.3.0/24; choose another range (at dev/Wide)"),
    );
  });

  it("fails where those of IPv6 overlap, and takes neighbours", () => {
    const build = (subnet: string) => () =>
      inStack((stack) => {
        new BridgeNetwork(stack, "Wide", { ipv6: { subnet: "fd00:20::/48" } });
        new BridgeNetwork(stack, "Edge", { ipv6: { subnet } });
      });
    expect(build("fd00:20:1::/64")).not.toThrow();
    expect(build("fd00:20:0:7::/64")).toThrow(
      new Error(
        "SUBNET_OVERLAP: subnet must not overlap fd00:20::/48 of dev/Wide, got fd00:20:0:7::/64; choose another range (at dev/Edge)",
      ),
    );
  });
});
