import { argon2Sync } from "node:crypto";
import { expect, test } from "vitest";
import { createSecrets } from "../../../server/auth/argon.ts";

const secrets = createSecrets();

test("a secret is stored as Argon2id with OWASP's cost and a salt of its own, and found again", async () => {
  const [one, two] = [await secrets.hash("six cuffs"), await secrets.hash("six cuffs")];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(two);
  expect(await secrets.matches("six cuffs", one)).toBe(true);
  expect(await secrets.matches("six cuffs ", one)).toBe(false);
});

test("letters are the same however a keyboard composes them", async () => {
  expect(await secrets.matches("Zo\u0308e\u0301", await secrets.hash("Z\u00f6\u00e9"))).toBe(true);
});

test("a secret of an earlier, smaller cost is still found", async () => {
  const nonce = Buffer.from("sixteen bytes ok");
  const tag = argon2Sync("argon2id", {
    ...{ message: "six cuffs", nonce, tagLength: 32 },
    ...{ memory: 8192, passes: 1, parallelism: 1 },
  });
  const text = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");
  const earlier = `$argon2id$v=19$m=8192,t=1,p=1$${text(nonce)}$${text(tag)}`;
  expect(await secrets.matches("six cuffs", earlier)).toBe(true);
  expect(await secrets.matches("six cuffs", earlier.replace("m=8192", "m=8193"))).toBe(false);
});

test.each([null, "", "secret", "$argon2i$v=19$m=19456,t=2,p=1$AAAA$AAAA"])(
  "%j is nobody's",
  async (stored) => {
    expect(await secrets.matches("", stored)).toBe(false);
  },
);

test("where there is nobody it takes as long as a wrong one does", async () => {
  const stored = await secrets.hash("right");
  const timed = async (against: string | null): Promise<number> => {
    const began = performance.now();
    await secrets.matches("wrong", against);
    return performance.now() - began;
  };
  const [there, nobody]: [number[], number[]] = [[], []];
  for (let i = 0; i < 6; i++) {
    there.push(await timed(stored));
    nobody.push(await timed(null));
  }
  // The quickest of each: everything else that this machine does only adds.
  const ratio = Math.min(...nobody) / Math.min(...there);
  expect(ratio).toBeGreaterThan(0.5);
  expect(ratio).toBeLessThan(2);
});

test("more than it can work out in good time are refused before they cost anything", async () => {
  const busy = createSecrets();
  const waiting = Array.from({ length: 32 }, () => busy.matches("x", null));
  expect(busy.free()).toBe(false);
  await Promise.all(waiting);
  expect(busy.free()).toBe(true);
});
