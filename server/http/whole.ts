/** What is sent by PUT is the whole record: nothing that is left out of it is filled in, and so taken back unseen. */
import { z } from "zod";

type Shape = Readonly<Record<string, z.ZodType>>;
type Whole<S extends Shape> = {
  -readonly [K in keyof S]: S[K] extends z.ZodDefault<infer Inner extends z.ZodType> ? Inner : S[K];
};

const given = (field: z.ZodType): z.ZodType => {
  if (!(field instanceof z.ZodDefault)) return field;
  const inner = field.def.innerType as z.ZodType;
  return field.description === undefined ? inner : inner.describe(field.description);
};

/** The schema of a record with every field of it to be given. */
export const wholeOf = <S extends Shape>(schema: z.ZodObject<S>): z.ZodObject<Whole<S>, z.core.$strict> =>
  z.strictObject(
    Object.fromEntries(
      Object.entries<z.ZodType>(schema.shape).map(([key, field]) => [key, given(field)]),
    ) as Whole<S>,
  );
