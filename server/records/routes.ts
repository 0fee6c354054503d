/** Every route of the clinic's records. */
import type { Route } from "../http/route.ts";
import { adverseEventRoutes } from "./adverse-events.ts";
import type { Clinic } from "./clinic.ts";
import { followUpRoutes } from "./follow-ups.ts";
import { lopRoutes } from "./lop.ts";
import { patientRoutes } from "./patients.ts";
import { programmeRoutes } from "./programmes.ts";
import { settingsRoutes } from "./settings.ts";

export const recordRoutes = (clinic: Clinic): readonly Route[] => [
  ...patientRoutes(clinic),
  ...lopRoutes(clinic),
  ...programmeRoutes(clinic),
  ...followUpRoutes(clinic),
  ...adverseEventRoutes(clinic),
  ...settingsRoutes(clinic),
];
