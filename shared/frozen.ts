/** A parsed message is passed round, never changed: every part of it is read-only, however deep. Branded values stay what they are. */
export type Frozen<T> = T extends string | number | boolean | null | undefined
  ? T
  : { readonly [K in keyof T]: Frozen<T[K]> };
