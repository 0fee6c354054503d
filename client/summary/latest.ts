/** Where a summary begins that nobody chose, so that the first morning of a week is not an empty page. */
import type { Summary } from "../../shared/clinic/summary.ts";
import type { Reply } from "../desk/ask.ts";
import type { Page } from "../desk/list.ts";
import type { RecordingEntry } from "../sessions/api.ts";

/** Whether there is neither a session nor an adverse event. */
export const isEmpty = ({ clinic }: Pick<Summary, "clinic">): boolean =>
  clinic.sessions === 0 && Object.values(clinic.adverseEvents).every((n) => n === 0);

/** So many pages of files that were brought here, all of them newer than the clinic's own sessions, are not to be expected. */
const mostPages = 10;

/**
 * When the latest session began that a summary counts, in ms since 1970; null where there is none, or where it cannot be read. `read` gives
 * the recordings page by page, the newest first.
 */
export const latestSession = async (
  read: (cursor: string | null) => Promise<Reply<Page<RecordingEntry>>>,
): Promise<number | null> => {
  for (let cursor: string | null = null, pages = 0; pages < mostPages; pages += 1) {
    const page: Reply<Page<RecordingEntry>> = await read(cursor);
    if (!page.ok) return null;
    const own = page.value.entries.find(({ body }) => body.source !== "imported");
    if (own !== undefined) return own.body.startedAt;
    cursor = page.value.next;
    if (cursor === null) return null;
  }
  return null;
};
