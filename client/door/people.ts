/** The people who can switch to themselves on this browser. */
import { z } from "zod";
import { ask, type Reply } from "../desk/ask.ts";

const peopleSchema = z.array(z.object({ staff: z.string(), name: z.string(), hasPin: z.boolean() }));
export type Person = Readonly<z.output<typeof peopleSchema>[number]>;

/** Refused on a browser that the clinic does not know. */
export const readPeople = (): Promise<Reply<readonly Person[]>> => ask(peopleSchema, "GET", "/api/people");

/**
 * Who is offered on a tablet: the people of the class as the wire tells of them, each with the PIN that the server knows of. While the
 * server's list is not there they stand there all the same, without a PIN.
 */
export const offered = (
  staff: readonly Readonly<{ id: string; name: string }>[],
  known: readonly Person[],
): readonly Person[] => {
  const named = staff.map(
    ({ id, name }) =>
      known.find((k) => k.staff === id) ??
      known.find((k) => k.name === name) ?? { staff: id, name, hasPin: false },
  );
  return [...named, ...known.filter((k) => !named.some((n) => n.staff === k.staff))];
};
