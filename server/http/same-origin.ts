/** Which requests may speak to the server at all: pages of its own, and programs that are no pages. */
import type { IncomingHttpHeaders } from "node:http";
import { isLoopback } from "../config.ts";

/**
 * Whether a request comes from a page of this server. Browsers send `Origin` with every WebSocket and with every request
 * across origins, so one without it is a page of ours that asks its own server, or a program (a kiosk script, a health
 * check), which could send any header anyway; unless the browser itself says that it comes from elsewhere.
 */
export const isSameOrigin = (headers: IncomingHttpHeaders): boolean => {
  const { origin, host } = headers;
  const site = headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") return false;
  if (origin === undefined) return true;
  return host !== undefined && URL.parse(origin)?.host === host.toLowerCase();
};

/**
 * Whether a request that came over the loopback address was meant for it. A page elsewhere can give its own name the
 * address 127.0.0.1 (DNS rebinding) and would then count as the same origin; the `Host` header gives it away.
 */
export const isMeantForLoopback = (host: string | undefined): boolean => {
  const name = host === undefined ? undefined : URL.parse(`http://${host}`)?.hostname;
  return name !== undefined && (isLoopback(name) || name === "[::1]" || name.endsWith(".localhost"));
};
