import { acted, seen, type DriftTable, type Variants } from "./case";

const block = (place: string, value: unknown) => seen(`IPAM.Config.0.${place}`, value);

/** A network: what another one in its place has otherwise. */
export const NETWORK: DriftTable = {
  type: "docker_network",
  cases: {
    id: acted("it is removed", "a new one"),
    name: seen("Name", "drift-renamed"),
    driver: seen("Driver", "macvlan", { variant: "answered" }),
    options: seen("Options", { "com.docker.network.driver.mtu": "1300" }),
    internal: seen("Internal", false),
    attachable: seen("Attachable", false),
    ingress: seen("Ingress", true, { variant: "answered" }),
    ipv6: seen("EnableIPv6", true, { variant: "answered" }),
    ipam_driver: seen("IPAM.Driver", "null", { variant: "answered" }),
    ipam_options: seen("IPAM.Options", { a: "2" }),
    "labels.label": seen("Labels", { other: "web" }),
    "labels.value": seen("Labels", { tier: "other" }),
    "ipam_config.subnet": seen("IPAM.Config", [{ Subnet: "10.213.9.0/24" }], {
      with: ["ipam_config.ip_range", "ipam_config.gateway", "ipam_config.aux_address"],
    }),
    "ipam_config.ip_range": block("IPRange", "10.213.8.64/26"),
    "ipam_config.gateway": block("Gateway", "10.213.8.9"),
    "ipam_config.aux_address": block("AuxiliaryAddresses", { host: "10.213.8.11" }),
  },
};

export const NETWORK_VARIANTS: Variants = {
  common: {
    name: "drift-n",
    driver: "bridge",
    options: { "com.docker.network.driver.mtu": "1400" },
    internal: true,
    attachable: true,
    ipam_options: { a: "1" },
    labels: [{ label: "tier", value: "web" }],
    ipam_config: [{ subnet: "10.213.8.0/24", ip_range: "10.213.8.128/26", gateway: "10.213.8.1", aux_address: { host: "10.213.8.10" } }],
  },
  answered: { name: "drift-n", driver: "bridge" },
};
