import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { bits, boolean, context, element, integer, octets, oid, sequence, set, utcTime, utf8 } from "./der";

/** A server certificate for one run of the plugin. */
export interface Certificate {
  readonly der: Buffer;
  readonly pem: string;
  readonly keyPem: string;
}

const HOUR_MS = 3_600_000;
const VALIDITY_MS = 7 * 24 * HOUR_MS;
const ECDSA_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));

/** Makes a self-signed P-256 certificate for `localhost`, which is what go-plugin's AutoMTLS checks for. */
export function makeCertificate(now: Date = new Date()): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const body = certificateBody(publicKey.export({ type: "spki", format: "der" }), now);
  const der = sequence(body, ECDSA_SHA256, bits(sign("sha256", body, privateKey)));
  return { der, pem: pemOf(der), keyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

function certificateBody(publicKey: Uint8Array, now: Date): Buffer {
  const name = sequence(set(sequence(oid("2.5.4.3"), utf8("localhost"))));
  const version3 = context(0, element(0x02, Buffer.from([2])));
  const validity = sequence(utcTime(new Date(now.getTime() - HOUR_MS)), utcTime(new Date(now.getTime() + VALIDITY_MS)));
  return sequence(version3, integer(randomBytes(15)), ECDSA_SHA256, name, validity, name, publicKey, context(3, extensions()));
}

function extensions(): Buffer {
  const serverAndClient = sequence(oid("1.3.6.1.5.5.7.3.1"), oid("1.3.6.1.5.5.7.3.2"));
  // digitalSignature, keyEncipherment, keyAgreement, keyCertSign
  const usage = element(0x03, Buffer.from([2, 0b1010_1100]));
  const localhost = sequence(element(0x82, Buffer.from("localhost")));
  return sequence(
    extension("2.5.29.15", usage, true),
    extension("2.5.29.37", serverAndClient),
    extension("2.5.29.19", sequence(boolean(true)), true),
    extension("2.5.29.17", localhost),
  );
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(value));
}

function pemOf(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
