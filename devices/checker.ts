/**
 * Where a cuff departs from the contract, in words: judged from what was heard of it for some seconds. Pure; listen.ts does the
 * hearing and `npm run cuffs -- check` the printing.
 */
import { type CuffChannel, fromCuff, parsePayload } from "../shared/cuff/message.ts";
import { announcementFindings, eventFindings } from "./checker/announcement.ts";
import { clockFindings, dataFindings, paceFindings } from "./checker/data.ts";
import {
  advice,
  type Arrived,
  departs,
  type Finding,
  type Hearing,
  type Readings,
} from "./checker/finding.ts";

/** Everything that is to be said about a cuff. An empty list means that nothing was found, not that nothing is wrong. */
export const review = (hearing: Hearing): readonly Finding[] => {
  if (hearing.live.length === 0 && hearing.retained.length === 0)
    return [departs("Nothing was heard. Is the cuff switched on, and are site, cuff name and broker right?")];
  const readings = read(hearing);
  return [
    ...payloadFindings(hearing),
    ...deliveryFindings(hearing),
    ...announcementFindings(readings),
    ...paceFindings(readings),
    ...dataFindings(readings),
    ...clockFindings(readings),
    ...eventFindings(readings),
  ];
};

const isChannel = (name: string): name is CuffChannel => Object.hasOwn(fromCuff, name);

/** A hearing, as far as it can be read. */
export const read = ({ live, retained, listenedMs }: Hearing): Readings => ({
  listenedMs,
  data: live
    .filter(({ channel }) => channel === "data")
    .flatMap(({ atMs, text }) => parsed("data", text).map((message) => ({ atMs, message }))),
  backfill: of(live, "backfill"),
  events: of(live, "event"),
  status: of(retained, "status").at(-1) ?? null,
  meta: of(retained, "meta").at(-1) ?? null,
});

const parsed = <C extends CuffChannel>(channel: C, text: string) => {
  const result = parsePayload(channel, text);
  return result.ok ? [result.value] : [];
};

const of = <C extends CuffChannel>(arrived: readonly Arrived[], wanted: C) =>
  arrived.filter(({ channel }) => channel === wanted).flatMap(({ text }) => parsed(wanted, text));

/** What does not parse, once for each reason. */
const payloadFindings = ({ live, retained }: Hearing): Finding[] => {
  const reasons = new Map<string, number>();
  for (const { channel, text } of [...live, ...retained]) {
    if (channel === "cmd") continue;
    const reason = isChannel(channel) ? faultOf(channel, text) : `there is no channel "${channel}"`;
    if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons].map(([reason, times]) => departs(`${times} × refused: ${reason}`));
};

const faultOf = (channel: CuffChannel, text: string): string | null => {
  const result = parsePayload(channel, text);
  return result.ok ? null : `${channel} – ${result.error.detail}`;
};

/** QoS and retain. */
const deliveryFindings = ({ live, retained }: Hearing): Finding[] => {
  const findings: Finding[] = [];
  const kept = new Set(retained.map(({ channel }) => channel));
  for (const channel of ["status", "meta"])
    if (!kept.has(channel))
      findings.push(departs(`${channel} is not retained: a server that starts later never learns it.`));
  for (const channel of kept)
    if (channel !== "status" && channel !== "meta")
      findings.push(departs(`${channel} is retained: what is old would be handed out as if it were new.`));
  for (const channel of ["event", "ack", "backfill"])
    if (live.some((one) => one.channel === channel && one.qos === 0))
      findings.push(departs(`${channel} comes with QoS 0 and can be lost; QoS 1 is expected.`));
  if (live.some(({ channel, qos }) => channel === "data" && qos > 0))
    findings.push(
      advice(
        "data comes with QoS 1: after a hung link old samples queue up before new ones. QoS 0 is expected.",
      ),
    );
  return findings;
};
