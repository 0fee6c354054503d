/** What the checker has to say about how a cuff announces itself, its events and its answers. */
import { capabilities } from "../../shared/cuff/message.ts";
import { advice, departs, type Finding, type Readings, type Tried } from "./finding.ts";

/** Status and meta, held against what the data says. */
export const announcementFindings = ({ status, meta, data, backfill }: Readings): Finding[] => {
  const findings: Finding[] = [];
  const boots = [...new Set(data.map(({ message }) => message.boot))];
  const boot = boots.at(-1);
  if (boots.length > 1)
    findings.push(
      departs(`${boots.length} boots were heard: the cuff restarted, or two devices share its name.`),
    );
  if (boot !== undefined && status !== null) {
    if (status.state === "offline" && status.boot === boot)
      findings.push(departs("status says offline while data comes; it must say online on every connection."));
    if (status.boot !== boot)
      findings.push(
        departs(`status has boot ${status.boot}, data has ${boot}: status is left from an earlier power-up.`),
      );
  }
  if (boot !== undefined && meta !== null && meta.boot !== boot)
    findings.push(
      departs(`meta has boot ${meta.boot}, data has ${boot}: meta is left from an earlier power-up.`),
    );
  const unknown = (meta?.caps ?? []).filter((cap) => !capabilities.some((known) => known === cap));
  if (unknown.length > 0)
    findings.push(advice(`meta.caps has ${unknown.join(", ")}; ${capabilities.join(", ")} are known.`));
  if (backfill.some(({ hist }) => hist !== true))
    findings.push(departs('a message on backfill lacks "hist":true and would be taken for live.'));
  return findings;
};

/** Events count up by one within a boot. */
export const eventFindings = ({ events }: Readings): Finding[] => {
  const skipped = events.slice(1).find((event, i) => {
    const before = events[i];
    return before?.boot === event.boot && event.eseq !== before.eseq + 1;
  });
  return skipped === undefined
    ? []
    : [departs(`eseq does not go up by one: ${skipped.eseq} came out of turn.`)];
};

/** What was tried against what was answered. */
export const answerFindings = (tried: readonly Tried[]): Finding[] =>
  tried.flatMap(({ because, wanted, answer }) => {
    if (answer === null) return [departs(`A command ${because} was not answered within 2 s.`)];
    if (answer.ok === wanted) return [];
    return [
      departs(
        wanted
          ? `A command ${because} was refused (${answer.code ?? "no code"}).`
          : `A command ${because} was obeyed; it must be refused.`,
      ),
    ];
  });
