import type { TerraformStack } from "cdktf";
import { IpvlanNetwork, MacvlanNetwork, OverlayNetwork, type Subnet } from "../../../constructs";
import { inStack, resource, synth, without } from "../synth";

const LAN6 = { subnet: "fd00:7::/64", gateway: "fd00:7::1", ipRange: "fd00:7::1:0/112", reserved: { printer: "fd00:7::9" } };
const LAN = { parent: "eth0", subnet: "192.168.7.0/24", gateway: "192.168.7.1" };

const declared = (build: (stack: TerraformStack) => void, path: string) =>
  without(resource(synth(build), "docker_network", path), "labels", "name");

describe("MacvlanNetwork", () => {
  it("is a machine's place on the LAN of its parent", () => {
    expect(declared((stack) => new MacvlanNetwork(stack, "Lan", LAN), "Lan/Resource")).toEqual({
      driver: "macvlan",
      internal: false,
      options: { parent: "eth0", macvlan_mode: "bridge" },
      ipam_config: [{ subnet: "192.168.7.0/24", gateway: "192.168.7.1" }],
    });
  });

  it.each([
    ["MacvlanNetwork", MacvlanNetwork],
    ["IpvlanNetwork", IpvlanNetwork],
  ])("has IPv6 beside IPv4, as %s", (_noun, Noun) => {
    expect(declared((stack) => new Noun(stack, "Lan", { ...LAN, ipv6: LAN6 }), "Lan/Resource")).toMatchObject({
      ipv6: true,
      ipam_config: [
        { subnet: "192.168.7.0/24", gateway: "192.168.7.1" },
        { subnet: "fd00:7::/64", gateway: "fd00:7::1", ip_range: "fd00:7::1:0/112", aux_address: { printer: "fd00:7::9" } },
      ],
    });
  });

  it("fails for IPv6 with an address of IPv4, and for a gateway of IPv6 where an ipvlan has none", () => {
    const lan = (ipv6: Subnet) => () => inStack((stack) => new MacvlanNetwork(stack, "Lan", { ...LAN, ipv6 }));
    expect(lan({ subnet: "192.168.8.0/24" })).toThrow(
      new Error('SUBNET: subnet must be IPv6 in CIDR notation, got "192.168.8.0/24"; use "fd00:20::/64" (at dev/Lan)'),
    );
    expect(() =>
      inStack((stack) => new IpvlanNetwork(stack, "Lan", { parent: "eth0", subnet: "10.9.0.0/24", ipv6: LAN6, mode: "l3" })),
    ).toThrow(new Error('GATEWAY: gateway must not be given in mode l3, which has none, got "fd00:7::1"; leave it out (at dev/Lan)'));
  });

  it("has another name in another mode, and a label beside the identity", () => {
    const name = (props: object) =>
      resource(
        synth((stack) => new MacvlanNetwork(stack, "Lan", { ...LAN, ...props })),
        "docker_network",
        "Lan/Resource",
      )["name"];
    expect(new Set([name({}), name({ mode: "private" }), name({ labels: { team: "web" } }), name({ parent: "eth1" })]).size).toBe(4);
  });

  it.each([
    ["a path", "eth0/1", '"eth0/1"'],
    ["nothing", "", '""'],
    ["an alias of an interface", "eth0:1", '"eth0:1"'],
    ["more than 15 characters", "enp0s31f6.1000000", '"enp0s31f6.1000000"'],
    ["a VLAN beyond 4094", "eth0.4095", '"eth0.4095"'],
  ])("fails for %s as parent", (_what, parent, shown) => {
    expect(() => inStack((stack) => new MacvlanNetwork(stack, "Lan", { ...LAN, parent }))).toThrow(
      new Error(
        `PARENT: parent must be an interface of the host, with a VLAN of 1 to 4094 if any, got ${shown}; use "eth0" or "eth0.20" (at dev/Lan)`,
      ),
    );
  });

  it("fails for a parent that another network of the stack has, and takes a VLAN on it", () => {
    const build = (parent: string) => () =>
      inStack((stack) => {
        new MacvlanNetwork(stack, "Lan", LAN);
        new IpvlanNetwork(stack, "Other", { parent, subnet: "192.168.8.0/24" });
      });
    expect(build("eth0.20")).not.toThrow();
    expect(build("eth0")).toThrow(
      new Error('PARENT: parent interface must be one construct\'s, got "eth0" of dev/Lan too; change one of them (at dev/Other)'),
    );
  });
});

describe("IpvlanNetwork", () => {
  it("shares the address of its parent in l2, unless another mode is given", () => {
    expect(declared((stack) => new IpvlanNetwork(stack, "Lan", LAN), "Lan/Resource")).toMatchObject({
      driver: "ipvlan",
      options: { parent: "eth0", ipvlan_mode: "l2" },
    });
    const routed = declared(
      (stack) => new IpvlanNetwork(stack, "Lan", { parent: "eth0", subnet: "10.9.0.0/24", mode: "l3s" }),
      "Lan/Resource",
    );
    expect(routed).toMatchObject({ options: { ipvlan_mode: "l3s" }, ipam_config: [{ subnet: "10.9.0.0/24" }] });
  });

  it("fails for a gateway where the mode has none", () => {
    expect(() => inStack((stack) => new IpvlanNetwork(stack, "Lan", { ...LAN, mode: "l3" }))).toThrow(
      new Error('GATEWAY: gateway must not be given in mode l3, which has none, got "192.168.7.1"; leave it out (at dev/Lan)'),
    );
  });
});

describe("OverlayNetwork", () => {
  it("is internal, encrypted and open to containers unless told otherwise", () => {
    expect(declared((stack) => new OverlayNetwork(stack, "Wide"), "Wide/Resource")).toEqual({
      driver: "overlay",
      internal: true,
      attachable: true,
      options: { encrypted: "" },
    });
  });

  it("hands subnet, identifier and packet size on", () => {
    const props = { subnet: "10.30.0.0/24", internal: false, attachable: false, encrypted: false, vxlanId: 4242, mtu: 1400 };
    expect(declared((stack) => new OverlayNetwork(stack, "Wide", props), "Wide/Resource")).toEqual({
      driver: "overlay",
      internal: false,
      attachable: false,
      options: { "com.docker.network.driver.mtu": "1400", "com.docker.network.driver.overlay.vxlanid_list": "4242" },
      ipam_config: [{ subnet: "10.30.0.0/24" }],
    });
  });

  it.each([0, 16_777_216, 1.5])("fails for the identifier %p", (vxlanId) => {
    expect(() => inStack((stack) => new OverlayNetwork(stack, "Wide", { vxlanId }))).toThrow(
      new Error(
        `VXLAN_ID: vxlanId must be a whole number of 1 to 16777215, got ${String(vxlanId)}; leave it out for the swarm's choice (at dev/Wide)`,
      ),
    );
  });
});
