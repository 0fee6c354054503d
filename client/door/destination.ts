/** Where somebody goes once they have signed in: a page of this server, whatever the address asked for. */

const somewhere = "http://here.invalid";

/**
 * The path in `to`, or `otherwise` where it leads anywhere else. Only what begins with one slash and stays on the same host counts:
 * browsers also take backslashes, tabs and line breaks in an address for the beginning of another host's.
 */
export const destination = (to: string | null, otherwise: string): string => {
  if (to === null || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(to)) return otherwise;
  const url = URL.parse(to, somewhere);
  if (url === null || url.origin !== somewhere) return otherwise;
  // Whoever has just signed in does not want to do it again; and a path may become another host's only once its dots are resolved.
  if (url.pathname === "/sign-in" || url.pathname.startsWith("//")) return otherwise;
  return url.pathname + url.search + url.hash;
};

/** The address of the sign-in that leads back to where somebody is. */
export const signInFor = ({ pathname, search }: Pick<Location, "pathname" | "search">): string =>
  pathname === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(pathname + search)}`;
