/** What the log of the server says of facts. */
import type { Fact } from "../shared/session/fact.ts";
import type { Log } from "./log.ts";

/** What is worth a line in the log; who it was stays out of it. */
export const logFact = (log: Log, fact: Fact): void => {
  switch (fact.kind) {
    case "alarm-raised": {
      const { id, condition, cuff, station, priority, value, limit } = fact.occurrence;
      log.info({ alarm: id, condition, cuff, station, priority, value, limit }, "alarm raised");
      return;
    }
    case "alarm-changed":
    case "alarm-cleared":
    case "alarm-acknowledged":
    case "alarm-taken-back":
    case "alarm-reminded":
    case "alarm-superseded":
      log.info({ alarm: fact.id, cuff: fact.cuff }, fact.kind.replaceAll("-", " "));
      return;
    case "inflated":
    case "deflated":
    case "ordered-down":
      log.info({ cuff: fact.cuff, occlusion: fact.occlusion }, fact.kind.replaceAll("-", " "));
      return;
    case "roster":
      log.info(
        { stations: fact.roster.stations === "keep" ? "as they were" : fact.roster.stations.length },
        "class taken in",
      );
      return;
    case "class-started":
    case "class-ended":
    case "all-released":
      log.info({}, fact.kind.replaceAll("-", " "));
      return;
    case "patient-seated":
      log.info({ session: fact.seat.visit.session, station: fact.seat.station }, "patient seated");
      return;
    case "checked":
    case "exercise-begun":
    case "set-begun":
    case "set-ended":
    case "cuff-swapped":
    case "exertion-noted":
    case "remarked":
    case "finished":
      log.info({ session: fact.session }, fact.kind.replaceAll("-", " "));
      return;
    case "resumed":
      log.warn({ gapMs: fact.gap, vouchedBy: fact.vouchedBy }, "back after an interruption");
      return;
    case "forgotten":
      log.info({ cuff: fact.cuff }, "a cuff that was gone for long is forgotten");
      return;
    case "recording":
    case "listening":
    case "sound-paused":
    case "sound-resumed":
    case "duty-offered":
    case "duty-taken":
    case "duty-declined":
      log.info(
        { screens: fact.kind === "listening" ? fact.screens : undefined },
        fact.kind.replaceAll("-", " "),
      );
      return;
    case "noted":
      log.info({ cuff: fact.cuff }, "a note was taken");
      return;
    case "samples":
    case "basic-sample":
    case "status":
    case "meta":
    case "event":
      return;
  }
};
