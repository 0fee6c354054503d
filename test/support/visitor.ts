/** A browser without a page: it keeps its cookies and asks the API. */
import http from "node:http";
import https from "node:https";
import { once } from "node:events";

export type Answer = Readonly<{
  status: number;
  headers: http.IncomingHttpHeaders;
  /** The `Set-Cookie` headers of this answer. */
  set: readonly string[];
  body: unknown;
}>;

export type Visitor = Readonly<{
  url: string;
  /** Its `Cookie` header. */
  cookie: () => string;
  ask: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Answer>;
}>;

/** A browser that has never been anywhere; `ca` is the certificate that it trusts beside those of the world. */
export const visitor = (url: string, ca?: string): Visitor => {
  const jar = new Map<string, string>();
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    url,
    cookie,
    ask: async (method, path, body, headers = {}) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const options = {
        method,
        agent: false,
        headers: {
          ...(jar.size === 0 ? {} : { cookie: cookie() }),
          ...(text === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
      };
      const to = new URL(path, url);
      const request =
        to.protocol === "https:" ? https.request(to, { ...options, ca }) : http.request(to, options);
      request.end(text);
      const [response] = (await once(request, "response")) as [http.IncomingMessage];
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const set = response.headers["set-cookie"] ?? [];
      for (const one of set) {
        const [name = "", value = ""] = (one.split(";")[0] ?? "").split("=");
        if (/Max-Age=0/.test(one)) jar.delete(name);
        else jar.set(name, value);
      }
      const content = Buffer.concat(chunks).toString();
      const isJson = response.headers["content-type"]?.includes("json") === true;
      return {
        ...{ status: response.statusCode ?? 0, headers: response.headers, set },
        body: isJson ? (JSON.parse(content) as unknown) : content,
      };
    },
  };
};
