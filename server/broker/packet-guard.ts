/** Watches the framing of an MQTT stream (MQTT 3.1.1, 2.2), so that no packet makes a parser gather without end. */

/** The remaining length of a packet is told in four bytes at most. */
const longestLength = 4;

/**
 * Takes a connection's chunks in order; false once a packet declares more than `limit` bytes, or has no valid length.
 * After that the connection is to be ended.
 */
export const packetGuard = (limit: number): ((chunk: Uint8Array) => boolean) => {
  let body = 0;
  /** Bytes of the length that were read; −1 before the packet's type. */
  let lengthBytes = -1;
  let length = 0;
  return (chunk) => {
    let i = 0;
    while (i < chunk.length) {
      if (body > 0) {
        const skipped = Math.min(body, chunk.length - i);
        body -= skipped;
        i += skipped;
        continue;
      }
      const byte = chunk[i] ?? 0;
      i += 1;
      if (lengthBytes < 0) {
        lengthBytes = 0;
        length = 0;
        continue;
      }
      length += (byte & 0x7f) * 128 ** lengthBytes;
      lengthBytes += 1;
      if (length > limit) return false;
      if ((byte & 0x80) === 0) {
        body = length;
        lengthBytes = -1;
      } else if (lengthBytes === longestLength) return false;
    }
    return true;
  };
};
