import { ofEngine, unless, type Check } from "../check";

/** That of the classic image store, and that of containerd's. */
const DRIVERS = ["overlay2", "overlayfs"];

export const storageDriver: Check = {
  id: "HOST-STORAGE-DRIVER",
  severity: "error",
  cis: "2.6",
  must: "the storage driver must be overlay2, or overlayfs of containerd's image store",
  why: "others copy whole layers, or are no longer maintained",
  mend: "change it, and build or pull images anew: images and containers of the old driver are not seen by the new one, volumes are",
  check: ofEngine(({ info: { Driver } }) => unless(DRIVERS.includes(Driver), { got: Driver, settings: { "storage-driver": "overlay2" } })),
};
