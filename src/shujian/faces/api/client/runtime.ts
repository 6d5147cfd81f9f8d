// 数检程序接口的客户端。浏览器、Node 18 以上都可以用，没有依赖。
// 用法见 docs/develop/api.md。出错时抛出 ProblemError：detail 是中文，code 是稳定的代号。

/** 服务器说的错：状态、代号、中文说明、逐项问题。 */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: Array<ProblemItem>,
    readonly retryAfter: number | null,
  ) {
    super(detail);
    this.name = "ProblemError";
  }
}

/** 一个答复：内容、版本、是不是重发得到的、是不是 304（没有变化，内容为空）。 */
export interface Reply<T> {
  data: T;
  status: number;
  etag: string | null;
  replayed: boolean;
  unchanged: boolean;
}

export interface CallOptions {
  query?: object;
  body?: unknown;
  form?: FormData;
  ifMatch?: string;
  ifNoneMatch?: string;
  key?: string;
  answer: "json" | "blob" | "none";
}

/** 版本号写成 If-Match 要的样子。 */
export function ifMatch(revision: number): string {
  return `"${revision}"`;
}

/** 一个新的 Idempotency-Key。同一次办理重试时用同一个。 */
export function newKey(): string {
  return globalThis.crypto.randomUUID();
}

/** 一页一页读完：for await (const clue of all((cursor) => api.clueList({ cursor }))) … */
export async function* all<T>(
  page: (cursor: string | undefined) => Promise<Reply<{ items: Array<T>; next?: string | null }>>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const { data } = await page(cursor);
    yield* data.items;
    cursor = data.next ?? undefined;
  } while (cursor !== undefined);
}

/** 服务器推送的一条消息。 */
export interface Message {
  id: string;
  event: string;
  data: string;
}

/** 读一个 text/event-stream 的答复；断了以后用最后一条的 id 作 Last-Event-ID 再连。 */
export async function* messages(answer: Response): AsyncGenerator<Message> {
  if (answer.body === null) return;
  const reader = answer.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = done ? "" : (blocks.pop() ?? "");
    for (const block of blocks) {
      const told: Message = { id: "", event: "message", data: "" };
      const lines: Array<string> = [];
      for (const line of block.split(/\r?\n/)) {
        const [name, ...value] = line.split(":");
        const text = value.join(":").replace(/^ /, "");
        if (name === "data") lines.push(text);
        if (name === "id") told.id = text;
        if (name === "event") told.event = text;
      }
      told.data = lines.join("\n");
      if (lines.length > 0) yield told;
    }
    if (done) return;
  }
}

/** 发请求、记住表单令牌、把错误变成 ProblemError。 */
export class Caller {
  private csrf = "";

  constructor(
    private readonly base: string = "/api/v1",
    private readonly fetcher: typeof fetch = (input, init) => fetch(input, init),
  ) {}

  protected async call<T>(method: string, path: string, told: CallOptions): Promise<Reply<T>> {
    const headers: Record<string, string> = { Accept: "application/json" };
    if (method !== "GET" && this.csrf === "") await this.call("GET", "/session", { answer: "json" });
    if (method !== "GET") headers["X-CSRFToken"] = this.csrf;
    if (told.body !== undefined) headers["Content-Type"] = "application/json";
    if (told.ifMatch !== undefined) headers["If-Match"] = told.ifMatch;
    if (told.ifNoneMatch !== undefined) headers["If-None-Match"] = told.ifNoneMatch;
    if (told.key !== undefined) headers["Idempotency-Key"] = told.key;
    const body = told.form ?? (told.body === undefined ? undefined : JSON.stringify(told.body));
    const answer = await this.fetcher(this.base + path + search(told.query), {
      method,
      headers,
      body,
      credentials: "same-origin",
      cache: "no-store",
    });
    if (answer.status >= 400) throw await refusal(answer);
    const unchanged = answer.status === 304;
    const data: unknown = unchanged || told.answer === "none" ? undefined : await answer[told.answer]();
    if (path.startsWith("/session") || path === "/me/password") this.remember(data);
    return {
      data: data as T,
      status: answer.status,
      etag: answer.headers.get("ETag"),
      replayed: answer.headers.get("Idempotency-Replayed") === "true",
      unchanged,
    };
  }

  private remember(data: unknown): void {
    const told = data as { csrf?: string } | undefined;
    this.csrf = told?.csrf ?? "";
  }
}

function search(query: object | undefined): string {
  const told = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) told.append(name, String(value));
  }
  const text = told.toString();
  return text === "" ? "" : `?${text}`;
}

async function refusal(answer: Response): Promise<ProblemError> {
  const wait = Number(answer.headers.get("Retry-After") ?? "");
  let told: Partial<Problem> = {};
  try {
    told = (await answer.json()) as Problem;
  } catch {
    // 不是本系统的答复，例如前面的代理
  }
  return new ProblemError(
    answer.status,
    told.code ?? "unknown",
    told.detail ?? `服务器答复 ${answer.status}`,
    told.errors ?? [],
    Number.isFinite(wait) && wait > 0 ? wait : null,
  );
}
