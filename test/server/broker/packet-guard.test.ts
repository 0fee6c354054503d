import fc from "fast-check";
import { expect, test } from "vitest";
import { packetGuard } from "../../../server/broker/packet-guard.ts";

/** A packet with so many bytes of body. */
const packet = (bytes: number): Uint8Array => {
  const length: number[] = [];
  let rest = bytes;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    length.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return Uint8Array.from([0x30, ...length, ...new Uint8Array(bytes).fill(0xff)]);
};

const join = (chunks: readonly Uint8Array[]): Uint8Array => Uint8Array.from(chunks.flatMap((c) => [...c]));

/** Feeds a stream in chunks of the given sizes, the last one repeated. */
const feed = (
  guard: (chunk: Uint8Array) => boolean,
  stream: Uint8Array,
  sizes: readonly number[],
): boolean => {
  let at = 0;
  for (let i = 0; at < stream.length; i += 1) {
    const size = sizes[Math.min(i, sizes.length - 1)] ?? 1;
    if (!guard(stream.subarray(at, at + size))) return false;
    at += size;
  }
  return true;
};

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });

test("packets within the limit pass, however the stream is cut", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 })), sizes, (bodies, cuts) => {
      expect(feed(packetGuard(300), join(bodies.map(packet)), cuts)).toBe(true);
    }),
  );
});

test("one packet above the limit is found, however the stream is cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 300 })),
      fc.integer({ min: 301, max: 900 }),
      sizes,
      (bodies, over, cuts) => {
        expect(feed(packetGuard(300), join([...bodies, over].map(packet)), cuts)).toBe(false);
      },
    ),
  );
});

test("a length of five bytes is no length", () => {
  expect(packetGuard(1e12)(Uint8Array.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x01]))).toBe(false);
});

test("the largest length of MQTT is found before its body has come", () => {
  expect(packetGuard(256 * 1024)(Uint8Array.from([0x30, 0xff, 0xff, 0xff, 0x7f]))).toBe(false);
});
