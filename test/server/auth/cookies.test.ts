import { describe, expect, test } from "vitest";
import { cookieKinds, createCookies } from "../../../server/auth/cookies.ts";
import { newToken } from "../../../server/auth/tokens.ts";

const token = newToken();

describe("cookies", () => {
  test.each(cookieKinds)("of kind %s are seen by no script and sent for no other site", (kind) => {
    const plain = createCookies({ secure: false, apart: false }).give(kind, token);
    expect(plain).toContain(`cuffwatch-${kind}=${token}; Path=/; HttpOnly; SameSite=Strict`);
    expect(plain).not.toContain("Secure");
  });

  test.each(cookieKinds)("of kind %s go over TLS alone where there is TLS, to this host alone", (kind) => {
    const cookies = createCookies({ secure: true, apart: false });
    expect(cookies.give(kind, token)).toMatch(
      /^__Host-cuffwatch-.*; Path=\/; HttpOnly; SameSite=Strict; Secure/,
    );
    expect(cookies.give(kind, token)).not.toContain("Domain");
    // One that was given without TLS may have been read on the way.
    expect(cookies.read(`cuffwatch-${kind}=${token}`, kind)).toBeNull();
    expect(cookies.read(`__Host-cuffwatch-${kind}=${token}`, kind)).toBe(token);
  });

  test("a sign-in goes with the browser, a device stays", () => {
    const cookies = createCookies({ secure: false, apart: false });
    expect(cookies.give("sign-in", token)).not.toContain("Max-Age");
    expect(cookies.give("device", token)).toContain("Max-Age=34560000");
    expect(cookies.take("device")).toContain("Max-Age=0");
  });

  test("a demonstration's are not a clinic's on the same machine", () => {
    const header = `cuffwatch-demo-device=${token}`;
    expect(createCookies({ secure: false, apart: true }).read(header, "device")).toBe(token);
    expect(createCookies({ secure: false, apart: false }).read(header, "device")).toBeNull();
  });

  test.each([
    undefined,
    "",
    ";;;",
    "cuffwatch-device",
    "cuffwatch-device=",
    "cuffwatch-device=short",
    `cuffwatch-device=${token}x`,
    `xcuffwatch-device=${token}`,
    `cuffwatch-device="${token}"`,
  ])("%j shows nothing", (header) => {
    expect(createCookies({ secure: false, apart: false }).read(header, "device")).toBeNull();
  });
});
