/** The certificate and key that a clinic gives for TLS, read and tried before anything listens. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";

/** The content of the two files, as Node's servers take it. */
export type Tls = Readonly<{ cert: Buffer; key: Buffer; minVersion: "TLSv1.2" }>;

export type TlsResult =
  | Readonly<{
      ok: true;
      tls: Tls;
      /** What browsers will complain of, though the server can start. */
      warning: string | null;
    }>
  | Readonly<{ ok: false; problem: string }>;

/** Reads the files; `now` in milliseconds since 1970 tells whether the certificate has expired. */
export const readTls = (certFile: string, keyFile: string, now: number): TlsResult => {
  const cert = read(certFile, "certificate", "--tls-cert");
  if (typeof cert === "string") return { ok: false, problem: cert };
  const key = read(keyFile, "key", "--tls-key");
  if (typeof key === "string") return { ok: false, problem: key };
  const certificate = tried(() => new X509Certificate(cert));
  if (certificate === null)
    return wrong(
      `${certFile} holds no certificate. --tls-cert takes one in PEM, with those of its issuers after it.`,
    );
  const secret = tried(() => createPrivateKey(key));
  if (secret === null)
    return wrong(
      `${keyFile} holds no private key that can be used. --tls-key takes one in PEM, without a passphrase.`,
    );
  if (!certificate.checkPrivateKey(secret))
    return wrong(
      `The key in ${keyFile} does not belong to the certificate in ${certFile}. Give the pair that was made together.`,
    );
  const tls: Tls = { cert, key, minVersion: "TLSv1.2" };
  if (tried(() => createSecureContext(tls)) === null)
    return wrong(
      `${certFile} and ${keyFile} cannot be used for TLS. Make a new pair, with an RSA key of 2048 bits or an EC key.`,
    );
  return { ok: true, tls, warning: whyDoubted(certFile, certificate, now) };
};

const whyDoubted = (
  file: string,
  { validFromDate, validToDate }: X509Certificate,
  now: number,
): string | null => {
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  if (validToDate.getTime() < now)
    return `The certificate in ${file} expired on ${day(validToDate)}: browsers and cuffs will refuse it. Put a new one there and start again.`;
  if (validFromDate.getTime() > now)
    return `The certificate in ${file} is good from ${day(validFromDate)} on only: browsers and cuffs will refuse it until then. Is the clock of this machine right?`;
  return null;
};

const wrong = (problem: string): TlsResult => ({ ok: false, problem });

const tried = <T>(make: () => T): T | null => {
  try {
    return make();
  } catch {
    return null;
  }
};

/** The file's content, or why it cannot be had. */
const read = (file: string, what: string, flag: string): Buffer | string => {
  try {
    return readFileSync(file);
  } catch (error) {
    switch (error instanceof Error && "code" in error ? error.code : undefined) {
      case "ENOENT":
        return `There is no ${what} ${file}. Correct the name after ${flag}.`;
      case "EISDIR":
        return `${file} is a folder; ${flag} takes a file.`;
      case "EACCES":
        return `The ${what} ${file} may not be read by this user. Change its permissions.`;
      default:
        return `The ${what} ${file} cannot be read (${error instanceof Error ? error.message : String(error)}).`;
    }
  }
};
