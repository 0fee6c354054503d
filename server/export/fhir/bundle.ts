/** One session as a FHIR R4 bundle that refers to nothing outside itself (docs/fhir.md). */
import { accountOf } from "../../../shared/recording/account.ts";
import type { Exported } from "../exported.ts";
import { signalsOf } from "../signal.ts";
import { issues } from "./alarms.ts";
import { codeSystem } from "./codes.ts";
import { figures, inflations, limbOcclusion, notes, sets } from "./findings.ts";
import { devices, organization, patient } from "./parties.ts";
import { plan } from "./plan.ts";
import { pressures } from "./pressure.ts";
import { checks, procedure } from "./procedure.ts";
import { addressOf, type Entry, instant, type Resource, tidy } from "./resource.ts";
import { toldOf } from "./told.ts";

export const fhirMedia = "application/fhir+json";

export const fhirBundle = (exported: Exported): Resource => {
  const account = accountOf(exported.recorded, exported.session);
  const told = toldOf(exported, account, signalsOf(exported.recorded));
  const clinic = organization(told);
  const entries: readonly Entry[] = [
    patient(told),
    ...(clinic === null ? [] : [clinic]),
    ...devices(told),
    ...plan(told),
    procedure(told),
    ...checks(told),
    ...limbOcclusion(told),
    ...figures(told),
    ...inflations(told),
    ...sets(told),
    ...notes(told),
    ...issues(told),
    ...pressures(told),
    codeSystem(),
  ];
  const simulated =
    exported.source === "demonstration" || [...account.cuffs.values()].some((cuff) => cuff.simulated);
  return tidy({
    resourceType: "Bundle",
    meta: simulated
      ? { tag: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ActReason", code: "HTEST" }] }
      : undefined,
    identifier: {
      system: "urn:ietf:rfc:3986",
      value: addressOf(exported.site, exported.session, exported.madeAt),
    },
    type: "collection",
    timestamp: instant(exported.madeAt),
    // People are known once everything was told.
    entry: [...entries, ...told.people()].map(({ fullUrl, resource }) => ({ fullUrl, resource })),
  });
};

/** The bundle as a file's content. */
export const fhirFile = (exported: Exported): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(fhirBundle(exported)));
