/** A register that tells of what was written to it. */
import type { RecordKind, Register } from "./register.ts";

/** `onWritten` is told of the kinds that a write has changed, once it has. */
export const watched = (
  register: Register,
  onWritten: (kinds: ReadonlySet<RecordKind>) => void,
): Register => ({
  ...register,
  write: async (changes) => {
    const written = await register.write(changes);
    if (written.ok && written.value.is === "written" && changes.length > 0)
      onWritten(new Set(changes.map(({ kind }) => kind)));
    return written;
  },
});
