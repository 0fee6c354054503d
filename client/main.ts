/** Chooses the page by its address; a page is loaded only where it is shown. */
import "@fontsource-variable/inter/wght.css";
import "./ui/theme.css";
import { mount } from "svelte";
import { z } from "zod";
import { applyTheme } from "./ui/theme.ts";

// The server's content security policy forbids eval; this has to be said before the first schema is made.
z.config({ jitless: true });

const target = document.getElementById("page");
if (target === null) throw new Error("index.html has no #page");

const page = location.pathname.replace(/\/+$/, "");
applyTheme(page === "/wall" ? "wall" : "page", new URLSearchParams(location.search).get("theme"));

/** Pages that stand at several addresses: the parts of the setup, one patient or plan, one recording, its report, progress. */
const several = page
  .replace(/^\/setup\/.*$/, "/setup")
  .replace(/^\/(patients|plans|sessions|classes)\/(?!import$)[^/]+$/, "/$1/:id")
  .replace(/^\/sessions\/[^/]+\/report$/, "/sessions/:id/report")
  .replace(/^\/patients\/[^/]+\/progress$/, "/patients/:id/progress");

/** Asks for what a page will want while the page itself is still on its way: a recording is what somebody waits for longest. */
const askAhead = (address: string): void => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: address });
  document.head.append(link);
};
const [, , id = ""] = page.split("/");

switch (several) {
  case "/wall":
    mount((await import("./wall/Wall.svelte")).default, { target });
    break;
  case "/floor":
    mount((await import("./tablet/Floor.svelte")).default, { target });
    break;
  case "/alarms":
    mount((await import("./alarms/Alarms.svelte")).default, { target });
    break;
  case "/sign-in":
    mount((await import("./door/SignIn.svelte")).default, { target });
    break;
  case "/setup":
    mount((await import("./setup/Setup.svelte")).default, { target });
    break;
  case "/cuffs":
    mount((await import("./cuffs/Cuffs.svelte")).default, { target });
    break;
  case "/patients":
    mount((await import("./patients/Patients.svelte")).default, { target });
    break;
  case "/patients/:id":
    mount((await import("./patients/Patient.svelte")).default, { target });
    break;
  case "/patients/:id/progress":
    mount((await import("./progress/Progress.svelte")).default, { target });
    break;
  case "/plans/:id":
    mount((await import("./plans/Plan.svelte")).default, { target });
    break;
  case "/sessions/import":
    mount((await import("./import/Import.svelte")).default, { target });
    break;
  case "/sessions/:id/report":
    mount((await import("./report/Report.svelte")).default, { target });
    break;
  case "/plans":
    mount((await import("./plans/Plans.svelte")).default, { target });
    break;
  case "/sessions":
  case "/classes":
    mount((await import("./sessions/Sessions.svelte")).default, { target });
    break;
  case "/sessions/:id":
    askAhead(`/api/recordings/${encodeURIComponent(id)}/facts`);
    mount((await import("./review/Session.svelte")).default, { target });
    break;
  case "/classes/:id":
    askAhead(`/api/classes/${encodeURIComponent(id)}/facts`);
    mount((await import("./review/Class.svelte")).default, { target });
    break;
  case "/summary":
    mount((await import("./summary/Summary.svelte")).default, { target });
    break;
  case "/follow-up":
    mount((await import("./follow-up/FollowUp.svelte")).default, { target });
    break;
  default:
    mount((await import("./start/Start.svelte")).default, { target });
}
