/** Everything that the door answers over HTTP. */
import type { Route } from "../http/route.ts";
import type { Door } from "./door.ts";
import { deviceRoutes } from "./routes/devices.ts";
import { type AboutSite, identityRoutes } from "./routes/identity.ts";
import { setupRoute } from "./routes/setup.ts";
import { staffRoutes } from "./routes/staff.ts";

export const authRoutes = (door: Door, about: AboutSite): readonly Route[] => [
  setupRoute(door, about),
  ...identityRoutes(door, about),
  ...staffRoutes(door),
  ...deviceRoutes(door),
];
