import type { Engine } from "../../engine";
import { text, type ObjectValue } from "../value";
import type { ImageInspect, Platform } from "./container-api";
import { imagePath } from "./image-name";

interface ImageManifests {
  readonly Manifests?: readonly { readonly Available: boolean; readonly ImageData?: { readonly Platform?: Platform } }[] | null;
}

const MACHINES: { readonly [machine: string]: string } = { x86_64: "amd64", aarch64: "arm64" };

/** True when `linux/amd64`, `linux/arm/v7`, `arm64` or `linux` says what the platform is. */
export function isPlatform({ os = "", architecture = "", variant = "" }: Platform, wanted: string): boolean {
  const [first = "", second, third] = wanted.split("/").map((part) => MACHINES[part] ?? part);
  if (second === undefined) return first === os || first === architecture;
  return first === os && second === architecture && (third === undefined || variant === "" || third === variant);
}

/** The platform where it is another than configured, as the engine says it. */
export async function platformState(engine: Engine, image: ImageInspect, prior: ObjectValue): Promise<ObjectValue> {
  const wanted = text(prior["platform"]) ?? "";
  const found = { os: image.Os ?? "", architecture: image.Architecture ?? "", variant: image.Variant ?? "" };
  if (wanted === "" || isPlatform(found, wanted)) return {};
  // With the containerd image store one name may stand for several platforms.
  if (image.Descriptor && (await holdsPlatform(engine, image.Id, wanted))) return {};
  return { platform: platformText(found) };
}

/** `linux/arm64/v8`. */
export function platformText({ os = "", architecture = "", variant = "" }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join("/");
}

async function holdsPlatform(engine: Engine, id: string, wanted: string): Promise<boolean> {
  const { Manifests } = await engine.get<ImageManifests>(`${imagePath(id)}/json`, { query: { manifests: true } });
  return (Manifests ?? []).some(({ Available, ImageData }) => Available && isPlatform(ImageData?.Platform ?? {}, wanted));
}
