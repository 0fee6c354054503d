/** Lists of the API, page by page. */
import type { z } from "zod";
import { pageOf } from "../../shared/clinic/api.ts";
import { ask, type Reply } from "./ask.ts";

export type Page<One> = Readonly<{ entries: readonly One[]; next: string | null }>;

/** One page of a list. */
export const readPage = <One>(
  schema: z.ZodType<One>,
  address: string,
  query: Readonly<Record<string, string | null>> = {},
): Promise<Reply<Page<One>>> => ask(pageOf(schema), "GET", `${address}${queryText(query)}`);

/** The whole of a list that is known to be short, and of a longer one its first 1000. */
export const readAll = async <One>(
  schema: z.ZodType<One>,
  address: string,
  query: Readonly<Record<string, string>> = {},
): Promise<Reply<readonly One[]>> => {
  const all: One[] = [];
  for (let cursor: string | null = null, pages = 0; pages < 10; pages += 1) {
    const page: Reply<Page<One>> = await readPage(schema, address, { ...query, limit: "100", cursor });
    if (!page.ok) return page;
    all.push(...page.value.entries);
    cursor = page.value.next;
    if (cursor === null) break;
  }
  return { ok: true, value: all, version: null };
};

const queryText = (query: Readonly<Record<string, string | null>>): string => {
  const said = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== null);
  return said.length === 0 ? "" : `?${new URLSearchParams(said).toString()}`;
};

/** What the page's own address says of something; null where it says nothing. */
export const inAddress = (name: string): string | null => new URLSearchParams(location.search).get(name);
