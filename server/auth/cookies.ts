/** The cookies by which a browser is known again. No script sees them, and no other site can have them sent. */

export const cookieKinds = ["sign-in", "device", "pairing"] as const;
export type CookieKind = (typeof cookieKinds)[number];

export type Cookies = Readonly<{
  /** The token in a `Cookie` header; null where there is none. */
  read: (header: string | undefined, kind: CookieKind) => string | null;
  /** A `Set-Cookie` header. */
  give: (kind: CookieKind, token: string) => string;
  take: (kind: CookieKind) => string;
}>;

/** How long a browser keeps each, in seconds; a sign-in goes with the browser, and much sooner where nobody uses it. */
const keptFor: Readonly<Record<CookieKind, number | null>> = {
  "sign-in": null,
  // The longest that browsers keep anything; given anew with every page.
  device: 400 * 86_400,
  pairing: 3600,
};

/**
 * `secure`: under TLS, where the prefix lets no other host and no plain page write them. `apart` keeps a demonstration's from those of
 * a clinic on the same machine, since cookies do not tell ports apart.
 */
export const createCookies = ({ secure, apart }: Readonly<{ secure: boolean; apart: boolean }>): Cookies => {
  const nameOf = (kind: CookieKind): string =>
    `${secure ? "__Host-" : ""}cuffwatch${apart ? "-demo" : ""}-${kind}`;
  const rules = `Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
  return {
    read: (header, kind) => {
      const name = nameOf(kind);
      for (const pair of header?.split(";") ?? []) {
        const [key, value] = [
          pair.slice(0, pair.indexOf("=")).trim(),
          pair.slice(pair.indexOf("=") + 1).trim(),
        ];
        if (key === name && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
      }
      return null;
    },
    give: (kind, token) => {
      const age = keptFor[kind];
      return `${nameOf(kind)}=${token}; ${rules}${age === null ? "" : `; Max-Age=${age}`}`;
    },
    take: (kind) => `${nameOf(kind)}=; ${rules}; Max-Age=0`,
  };
};
