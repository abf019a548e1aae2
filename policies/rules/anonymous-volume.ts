import { containerRule } from "../rule";

export const anonymousVolume = containerRule(
  {
    id: "TIERS-ANONYMOUS-VOLUME",
    severity: "error",
    owasp: [],
    must: "volume must have a name",
    why: "nobody finds the data of an unnamed one again, and it goes with its container",
    mend: "use Storage.volume()",
    check: ({ attributes }) => [
      ...attributes
        .blocks("mounts")
        .filter((mount) => mount.text("type") === "volume" && mount.text("source") === "")
        .map((mount) => `none at ${mount.text("target")}`),
      ...attributes
        .blocks("volumes")
        .filter((volume) => ["volume_name", "host_path", "from_container"].every((name) => volume.text(name) === ""))
        .map((volume) => `none at ${volume.text("container_path")}`),
    ],
  },
  () => true,
);
