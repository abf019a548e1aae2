import { BridgeNetwork, type BridgeNetworkProps } from "../../../constructs";
import { inStack, label, resource, synth } from "../synth";

const network = (props: BridgeNetworkProps = {}) =>
  resource(
    synth((stack) => new BridgeNetwork(stack, "Edge", props)),
    "docker_network",
    "Edge/Resource",
  );

describe("BridgeNetwork", () => {
  it("is internal, and says whose it is", () => {
    expect(network()).toMatchInlineSnapshot(`
      {
        "driver": "bridge",
        "internal": true,
        "labels": [
          {
            "label": "docker-tiers.config",
            "value": "8d76664f3bd273396c703b1221653d7d7c5362a0658a0d778b8be8d43df83dfa",
          },
          {
            "label": "docker-tiers.path",
            "value": "dev/Edge",
          },
          {
            "label": "docker-tiers.project",
            "value": "docker-tiers",
          },
          {
            "label": "docker-tiers.stack",
            "value": "dev",
          },
        ],
        "name": "dev-edge-8d76664f",
        "options": {
          "com.docker.network.bridge.inhibit_ipv4": "true",
        },
      }
    `);
  });

  it("has the host in it where it is not internal, or where the host's address is given", () => {
    const inhibit = "com.docker.network.bridge.inhibit_ipv4";
    const subnet = "10.20.0.0/24";
    expect(network({ subnet })).toMatchObject({ options: { [inhibit]: "true" } });
    for (const props of [{ internal: false }, { subnet, gateway: "10.20.0.1" }]) expect(network(props)["options"]).toEqual({});
    expect(network({ internal: false, masquerade: false })).not.toHaveProperty(["options", inhibit]);
  });

  it("hands subnet, gateway, packet size, isolation and labels on", () => {
    const props = { subnet: "10.20.0.0/24", gateway: "10.20.0.254", mtu: 1450, interContainerCommunication: false };
    expect(network({ ...props, internal: false, masquerade: false, labels: { team: "web" } })).toMatchObject({
      internal: false,
      ipam_config: [{ subnet: "10.20.0.0/24", gateway: "10.20.0.254" }],
      options: {
        "com.docker.network.driver.mtu": "1450",
        "com.docker.network.bridge.enable_icc": "false",
        "com.docker.network.bridge.enable_ip_masquerade": "false",
      },
      labels: expect.arrayContaining([{ label: "team", value: "web" }]) as unknown,
    });
  });

  it.each<[string, BridgeNetworkProps]>([
    ["the subnet", { subnet: "10.20.0.0/24" }],
    ["internal", { internal: false }],
    ["the packet size", { mtu: 1400 }],
    ["a label", { labels: { team: "web" } }],
  ])("has another name when %s changes, since nothing of a network changes in place", (_what, props) => {
    expect(network(props)["name"]).not.toBe(network()["name"]);
    expect(label(network(props), "docker-tiers.config")?.slice(0, 8)).toBe(String(network(props)["name"]).slice(-8));
  });

  it("is referred to by reference in its stack and by name in another", () => {
    inStack((stack) => {
      const edge = new BridgeNetwork(stack, "Edge");
      expect(edge.reference(stack)).toMatch(/TfToken/);
      inStack((other) => expect(edge.reference(other)).toBe(edge.networkName), { stack: "other" });
    });
  });

  it.each<[BridgeNetworkProps, string]>([
    [{ subnet: "10.20.0.0" }, 'SUBNET: subnet must be IPv4 in CIDR notation, got "10.20.0.0"; use "10.20.0.0/24" (at dev/Edge)'],
    [{ subnet: "10.20.0.7/24" }, 'SUBNET: subnet must start at its first address, got "10.20.0.7/24"; use "10.20.0.0/24" (at dev/Edge)'],
    [{ gateway: "10.20.0.1" }, "GATEWAY: gateway must lie in a subnet, got 10.20.0.1 without one; add subnet (at dev/Edge)"],
    [
      { subnet: "10.20.0.0/24", gateway: "10.21.0.1" },
      'GATEWAY: gateway must lie in 10.20.0.0/24, got "10.21.0.1"; use "10.20.0.1" (at dev/Edge)',
    ],
    [{ mtu: 67 }, "MTU: mtu must be a whole number of 68 to 65535, got 67; leave it out for 1500 (at dev/Edge)"],
    [{ mtu: 1400.5 }, "MTU: mtu must be a whole number of 68 to 65535, got 1400.5; leave it out for 1500 (at dev/Edge)"],
  ])("fails for %p", (props, message) => {
    expect(() => inStack((stack) => new BridgeNetwork(stack, "Edge", props))).toThrow(new Error(message));
  });

  it("fails where two subnets of a stack overlap", () => {
    const build = () =>
      inStack((stack) => {
        new BridgeNetwork(stack, "Wide", { subnet: "10.20.0.0/16" });
        new BridgeNetwork(stack, "Edge", { subnet: "10.20.3.0/24" });
      });
    expect(build).toThrow(
      new Error("SUBNET_OVERLAP: subnet must not overlap 10.20.0.0/16 of dev/Wide, got 10.20.3.0/24; choose another range (at dev/Edge)"),
    );
  });
});
