/** One entry of an index: an image for one platform. */
export interface ManifestEntry {
  readonly mediaType: string;
  readonly digest: string;
  readonly platform?: { readonly architecture?: string; readonly os?: string };
}

/** A manifest as a registry has it: an index of manifests, or the image of one platform. */
export interface Manifest {
  readonly mediaType?: string;
  readonly manifests?: readonly ManifestEntry[];
  readonly config?: { readonly digest: string };
}

/** Every form that Docker pushes, indexes first: a registry that has both answers with the index. */
export const MANIFEST_TYPES = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
  "application/vnd.docker.distribution.manifest.v1+prettyjws;q=0.5",
];
