/** Where the first page leads, by who looks at it. */
import type { Me } from "../../shared/clinic/api.ts";
import type { Right } from "../../shared/clinic/rights.ts";
import { openPages, type PageName } from "../desk/pages.ts";

/** The cards of the page, the likeliest first; all that anybody may open while nobody knows who this is. */
export const cardsFor = (
  me: Me | null,
  may: (right: Right) => boolean,
): readonly (PageName | "sign-in")[] => {
  switch (me?.who.kind) {
    case undefined:
      return ["wall", "floor", "alarms"];
    case "staff":
      return openPages(may);
    case "tablet":
      return ["floor", "sign-in", "wall"];
    case "wall":
      return ["wall", "sign-in"];
    case "stranger":
      return ["sign-in", "wall"];
  }
};
