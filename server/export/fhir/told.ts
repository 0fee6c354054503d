/** What all parts of a bundle share: the session, how its moments read, and who is who in it. */
import type { Limb } from "../../../shared/plan/prescription.ts";
import type { CuffId } from "../../../shared/ids.ts";
import type { Account } from "../../../shared/recording/account.ts";
import { fhirWords } from "../../../shared/view/report-words.ts";
import type { Monotonic } from "../../../shared/units.ts";
import { type Exported, wallOf } from "../exported.ts";
import type { Signal } from "../signal.ts";
import { coded } from "./codes.ts";
import { addressOf, type Entry, type Fields, instant, type Reference, referTo, tidy } from "./resource.ts";

export type Told = Readonly<{
  exported: Exported;
  account: Account;
  signals: readonly Signal[];
  /** Of a moment of the session. */
  when: (at: Monotonic) => string;
  /** The address of something of this session. */
  address: (...words: readonly (string | number)[]) => string;
  patient: Reference;
  procedure: Reference;
  carePlan: Reference;
  cuff: (cuff: CuffId) => Reference;
  metric: (cuff: CuffId) => Reference;
  gateway: Reference;
  /** Whoever did something, by the name that is shown of them. */
  person: (name: string) => Fields;
  /** Everybody who was asked for so far. */
  people: () => readonly Entry[];
  /** The limb that a cuff was on, where that is known. */
  limbOf: (cuff: CuffId) => Limb | null;
}>;

export const toldOf = (exported: Exported, account: Account, signals: readonly Signal[]): Told => {
  const { session, patient } = exported;
  const address = (...words: readonly (string | number)[]): string =>
    addressOf(exported.site, session, ...words);
  const at = (...words: readonly (string | number)[]): Reference => ({ reference: address(...words) });
  const people = new Map<string, Entry>();
  const limbs = new Map((account.seat?.worn ?? []).map((w) => [w.cuff, w.limb] as const));
  // A cuff that was swapped away was on the limb on which its successor is.
  for (const { from, to } of account.swaps.toReversed()) {
    const limb = limbs.get(to);
    if (limb !== undefined && !limbs.has(from)) limbs.set(from, limb);
  }
  return {
    ...{ exported, account, signals, address },
    when: (moment) => instant(wallOf(exported, moment)),
    patient: {
      reference: patient === null ? address("patient") : addressOf(exported.site, "patient", patient.id),
    },
    procedure: at("procedure"),
    carePlan: at("plan"),
    cuff: (cuff) => at("cuff", cuff),
    metric: (cuff) => at("metric", cuff),
    gateway: at("gateway"),
    person: (name) => {
      const entry = people.get(name) ?? {
        fullUrl: address("person", name),
        resource: tidy({ resourceType: "Practitioner", name: [{ text: name }] }),
      };
      people.set(name, entry);
      return { ...referTo(entry), display: name };
    },
    people: () => [...people.values()],
    limbOf: (cuff) => limbs.get(cuff) ?? null,
  };
};

export const limbCode = ({ side, limb }: Limb): Fields => coded(`${side}-${limb}`);

/** Who did something; who had not signed in is said not to have. Nobody where a class file did it. */
export const performerOf = (told: Told, by: string, verified: boolean): Fields | undefined =>
  by === "" ? undefined : { ...told.person(by), display: verified ? by : fhirWords.notSignedIn(by) };

/** An observation of this session. */
export const observation = (told: Told, name: readonly (string | number)[], fields: Fields): Entry => ({
  fullUrl: told.address(...name),
  resource: tidy({
    resourceType: "Observation",
    status: "final",
    subject: told.patient,
    partOf: [told.procedure],
    ...fields,
  }),
});
