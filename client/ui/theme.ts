/** Which of the themes a page wears. */

export type Theme = "dark" | "light" | "contrast" | "contrast-light";

/**
 * The theme that is asked for in the address, or else what the browser prefers. A wall is dark unless it is told otherwise:
 * nobody sits at its browser whose preference it could be, and most kiosk browsers say "light" without having been asked.
 */
export const chooseTheme = (
  page: "wall" | "page",
  asked: string | null,
  prefers: Readonly<{ light: boolean; contrast: boolean }>,
): Theme => {
  if (asked === "dark" || asked === "light" || asked === "contrast" || asked === "contrast-light")
    return asked;
  const light = prefers.light && (page === "page" || asked === "auto");
  if (prefers.contrast) return light ? "contrast-light" : "contrast";
  return light ? "light" : "dark";
};

/** Puts the theme on the page, and again when the browser's preference changes. */
export const applyTheme = (page: "wall" | "page", asked: string | null): void => {
  const light = matchMedia("(prefers-color-scheme: light)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const apply = (): void => {
    document.documentElement.dataset["theme"] = chooseTheme(page, asked, {
      light: light.matches,
      contrast: contrast.matches,
    });
  };
  light.addEventListener("change", apply);
  contrast.addEventListener("change", apply);
  apply();
};
