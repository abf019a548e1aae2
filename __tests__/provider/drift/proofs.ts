/** The test that makes each drift which takes more than another value, and the one that holds each reason why an engine cannot tell: file and title. */
export const PROOFS: { readonly [type: string]: { readonly [what: string]: string } } = {
  docker_container: { treatment: "drift/container-answers.daemon.test.ts › is nothing that the engine has, unlike its variables" },
  docker_network: { id: "drift/network-volume.daemon.test.ts › shows one that is gone" },
  docker_volume: {
    id: "drift/network-volume.daemon.test.ts › shows one that is gone",
    refused: "drift/network-volume.daemon.test.ts › fails to have the volumes of a swarm's drivers",
  },
  docker_image: {
    name: "drift/image.daemon.test.ts › an image whose name is taken away",
    platform: "drift/image.daemon.test.ts › a name for another platform",
    "build.tag": "drift/image.daemon.test.ts › a further name of a build that is taken away",
    treatment: "drift/image.daemon.test.ts › of how Terraform treats it, and of triggers, unlike a label",
    trigger: "drift/image.daemon.test.ts › of how Terraform treats it, and of triggers, unlike a label",
    "input of a build": "drift/image.daemon.test.ts › of the inputs of its build, and of credentials, unlike a label",
    credential: "drift/image.daemon.test.ts › of the inputs of its build, and of credentials, unlike a label",
  },
  docker_tag: {
    id: "drift/image.daemon.test.ts › a further name that is taken away",
    source_image: "drift/image.daemon.test.ts › a source for another image",
    target_image: "drift/image.daemon.test.ts › a further name for another image",
    trigger: "drift/image.daemon.test.ts › of the triggers of a name",
  },
  docker_registry_image: {
    id: "registry-image.daemon.test.ts › pushes again when a trigger changes, and when the registry has lost the image",
    name: "registry-image.daemon.test.ts › shows as drift, with a warning, what another push has put under the tag",
    treatment: "registry-drift.daemon.test.ts › of how Terraform treats it, of triggers and of credentials, unlike its content",
    trigger: "registry-drift.daemon.test.ts › of how Terraform treats it, of triggers and of credentials, unlike its content",
    credential: "registry-drift.daemon.test.ts › of how Terraform treats it, of triggers and of credentials, unlike its content",
    "input of a build": "registry-drift.daemon.test.ts › of the inputs of its build, and of credentials, unlike a label",
  },
  docker_service: {
    id: "swarm-drift.daemon.test.ts › plans nothing as it is configured (%s), and each attribute afterwards",
    treatment: "swarm-drift.daemon.test.ts › gets nothing of the credentials of a service, and of how Terraform treats it, unlike a label",
    credential: "swarm-drift.daemon.test.ts › gets nothing of the credentials of a service, and of how Terraform treats it, unlike a label",
  },
  docker_config: { id: "swarm-drift.daemon.test.ts › another %s shows each attribute" },
  docker_secret: {
    id: "swarm-drift.daemon.test.ts › another %s shows each attribute",
    "write-only": "swarm-drift.daemon.test.ts › never gets a secret's data back",
  },
};
