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

// ---- 以下由 openapi.json 生成，不要手改 ----

/** 谁请假（空着是自己）、谁代理、起止日。 */
export interface Absence {
  username?: string;
  deputy: string;
  from_on: string;
  to_on: string;
}

export interface AbsenceRow {
  id: number;
  user: string;
  display: string;
  deputy: string;
  from_on: string;
  to_on: string;
  by: string;
  running: boolean;
  mine: boolean;
}

export interface AccountRow {
  username: string;
  display: string;
  agency: string;
  kind: string;
  roles: Array<string>;
  grants: Array<Record<string, unknown>>;
  units: Array<string>;
  active: boolean;
  off_reason: string;
  must_change: boolean;
  factor: boolean;
  recovery_codes: number;
  noted: boolean;
  last_login: string | null;
  waiting: number | null;
}

/** 全部账号、等待确认的角色变动、单位和可选的角色。 */
export interface Accounts {
  items: Array<AccountRow>;
  requests: Array<RequestRow>;
  agencies: Array<Agency>;
  kinds: Array<Option>;
  roles: Array<Option>;
}

export interface Action {
  verb: string;
  title: string;
  allowed: boolean;
  because: string;
  reasons: Array<[string, string]>;
  note: boolean;
  hint: string;
  asks: string;
  asks_title: string;
  choices: Array<string>;
}

/** 一个单位和它的部门。 */
export interface Agency {
  name: string;
  kind: string;
  units: Array<string>;
}

/** 复核结论、说明；成立的还要排除理由。 */
export interface Answer {
  verdict: string;
  note?: string;
  reason?: string;
}

export interface Around {
  helpers: Array<HelperTold>;
  comments: Array<CommentTold>;
  papers: Array<PaperTold>;
  head: string;
  members: Array<ClueRow>;
  split_from: string;
  parts: Array<string>;
  objections: Array<ObjectionTold>;
  drawn: boolean;
  looks: Record<string, string>;
  may_tend: Decision;
  may_add: Decision;
  may_answer: Decision | null;
  may_open: Decision;
  may_assign: Decision;
  units: Array<string>;
}

export interface BatchCounts {
  batch: string;
  read: number;
  rejected: number;
  filled: Record<string, number>;
}

/** 线索旁边的事：协办、批注、附件、并案、异议，和谁能做。 */
export interface Beside {
  around: Around;
  judgements: Array<JudgementRow>;
  may_look_again: boolean;
}

/** 批量办理：哪一步、哪些线索，和这一步要写的话。 */
export interface Bulk {
  verb: string;
  picks: Array<PickIn>;
  reason?: string;
  note?: string;
  to?: string;
  until?: string | null;
}

export interface BulkDone {
  batch: string;
  moved: Array<string>;
  refused: Array<Refused>;
}

export interface CampaignTold {
  number: string;
  title: string;
  purpose: string;
  starts: string;
  ends: string;
  models: Array<string>;
  units: Array<string>;
  by: string;
  closed_by: string;
  closed_at: string | null;
  summary: string;
  whole: Progress;
  by_model: Array<Progress>;
  by_unit: Array<Progress>;
  targets: Array<Target>;
}

/** 对哪条建议、采纳不采纳、为什么。 */
export interface Choice {
  kind: string;
  what: string;
  accepted: boolean;
  why: string;
}

export interface Clue {
  id: string;
  key: string;
  model: string;
  fingerprint: string;
  run: string;
  title: string;
  subject_kind: string;
  subject_key: string;
  subject_masked: string;
  absence: string;
  grade: string;
  strength: string;
  score: number;
  score_parts: Record<string, number>;
  state: string;
  state_title: string;
  held: string;
  unit: string;
  found_at: string;
  as_of: string;
  evidence_count: number;
  ground_changed: boolean;
  fresh_evidence: boolean;
  complaints: number;
  relapsed: boolean;
  erased: boolean;
  handler: string;
  origin: string;
  snoozed_until: string | null;
  joined_to: string;
  objected: boolean;
  masked: boolean;
  subject: string;
  emit: string;
  region: string;
  basis: Array<Record<string, unknown>>;
  figures: Record<string, unknown>;
  verify: Array<string>;
  evidence: Array<Evidence>;
  matches: Array<Record<string, unknown>>;
  keywords: Array<Record<string, unknown>>;
  absences: Array<Record<string, unknown>>;
  explanation: Array<string>;
  steps: Array<Step>;
  actions: Array<Action>;
  may_unmask: boolean;
  unmask_because: string;
  held_title: string;
  exclusion_title: string;
  ground_note: string;
  ground_run: string;
  referred_from: string;
  offered_unit: string;
  outside: string;
  registered_at: string | null;
  revision: number;
  judged: Array<MatchJudged>;
  may_judge: boolean;
  judge_because: string;
}

export interface ClueRow {
  id: string;
  key: string;
  model: string;
  fingerprint: string;
  run: string;
  title: string;
  subject_kind: string;
  subject_key: string;
  subject_masked: string;
  absence: string;
  grade: string;
  strength: string;
  score: number;
  score_parts: Record<string, number>;
  state: string;
  state_title: string;
  held: string;
  unit: string;
  found_at: string;
  as_of: string;
  evidence_count: number;
  ground_changed: boolean;
  fresh_evidence: boolean;
  complaints: number;
  relapsed: boolean;
  erased: boolean;
  handler: string;
  origin: string;
  snoozed_until: string | null;
  joined_to: string;
  objected: boolean;
}

/** 手机验证器的动态码，或者一个恢复码。 */
export interface Code {
  code: string;
}

/** 十个恢复码，只显示这一次。 */
export interface Codes {
  codes: Array<string>;
}

/** 哪位同事（账号），为什么。 */
export interface Colleague {
  username: string;
  note?: string;
}

/** 一个字段。 */
export interface Column {
  id: string;
  title: string;
}

/** 录入的字段、可录入的部门、主体种类、强度。 */
export interface Columns {
  columns: Array<Column>;
  units: Array<string>;
  kinds: Array<string>;
  strengths: Array<string>;
}

/** 批注。 */
export interface Comment {
  text: string;
}

export interface CommentTold {
  id: number;
  at: string;
  who: string;
  text: string;
  own: boolean;
  withdrawn: boolean;
}

/** 确认还是退回。 */
export interface Confirm {
  confirm: boolean;
}

/** 一个数据源：提供单位、协议、落地情况；没有落地的是 null。 */
export interface Dataset {
  id: string;
  title: string;
  provider: string;
  agreement: string;
  landed: Landed | null;
}

/** 一个数据集的质量：字段、不可比对的行、按月按乡镇的覆盖。只有数字。 */
export interface DatasetWhole {
  dataset: Dataset;
  quality: QualityReport;
}

/** 同意还是不同意，为什么。 */
export interface Decide {
  passed: boolean;
  why: string;
}

/** 一次决定。 */
export interface Decided {
  kind: string;
  what: string;
  bound: string;
  accepted: boolean;
  by: string;
  at: string;
  why: string;
}

export interface Decision {
  allowed: boolean;
  because: string;
  rule?: string;
}

/** 办理结果：做了什么（中文），现在的状态和版本；办完以后看不到的线索没有版本。 */
export interface Done {
  done: string;
  number: string;
  state?: string | null;
  state_title?: string | null;
  revision?: number | null;
}

/** 请假、代理、回避，和可选的回避理由。 */
export interface Duty {
  absences: Array<AbsenceRow>;
  recusals: Array<RecusalRow>;
  grounds: Record<string, string>;
}

/** 审计链上的一条。 */
export interface Entry {
  seq: number;
  at: string;
  actor: string;
  action: string;
  object: string;
  detail: Record<string, unknown>;
  hash: string;
}

export interface Evidence {
  alias: string;
  dataset: string;
  source: string;
  row: string;
  file: string;
  sheet: string | null;
  line: number;
  sha256: string;
  batch: string;
  received_at: string;
  current: boolean;
  fields: Record<string, unknown>;
  titles: Record<string, string>;
  types: Record<string, string>;
}

/** 第二因子：是否启用、是否要求、剩几个恢复码；没有启用时给出要录入验证器的密钥。 */
export interface Factor {
  stands: boolean;
  demanded: boolean;
  codes_left: number;
  key: string;
  address: string;
}

export interface FieldQuality {
  complete: number;
  valid: number;
  distinct: number;
}

/** 一个模型或关键词：推送、签收、属实、不属实、立案；比例是百分数，带 95% 区间，没有判过的是 null。 */
export interface Figures {
  name: string;
  pushed: number;
  signed: number;
  true: number;
  false: number;
  neutral: number;
  filed: number;
  advised: number | null;
  mended: number | null;
  judged: number;
  per_cent: number | null;
  low: number | null;
  high: number | null;
}

export interface Filed {
  file: number;
  kind: string;
  size: number;
  sha256: string;
  stripped: Array<string>;
}

/** 该有人去问一问的一次查看，不是结论。 */
export interface Finding {
  seq: number;
  at: string;
  actor: string;
  display: string;
  look: string;
  object: string;
  kind: string;
  kind_title: string;
  says: string;
}

export interface Funnel {
  found: number;
  pushed: number;
  registered: number;
  states: Record<string, number>;
  held: Record<string, number>;
  models: Record<string, Record<string, number>>;
  ground_changed: number;
  fresh_evidence: number;
  woken: number;
  objected: number;
  as_of: string | null;
}

/** 一个角色、范围（空、unit、region:地区名）、字段级别（0 低、1 中、2 高）。 */
export interface Grant {
  role: string;
  reach?: string;
  level?: number;
}

/** 办理结果；第一次确认的账号带一次性口令，只显示这一次。 */
export interface Granted {
  done: string;
  password: string | null;
}

/** 一条人工录入的线索：字段代号 → 值，字段见 GET /clue-columns。 */
export interface Hand {
  fields: Record<string, string>;
}

export interface HandedIn {
  batch: string;
  made: Array<string>;
  same: number;
}

export interface HelperTold {
  username: string;
  display: string;
  since: string;
}

/** 认定：第几处比对、结论、理由，和看到的两个代号。 */
export interface Judge {
  match: number;
  verdict: "same" | "different" | "unsure";
  reason: string;
  left: string;
  right: string;
}

export interface JudgementRow {
  judgement: string;
  verdict: string;
  verdict_title: string;
  undoes: string | null;
  in_force: boolean;
  conflict: boolean;
  clue: string | null;
  grade: string;
  left: string;
  right: string;
  left_label: string;
  right_label: string;
  by: string;
  at: string;
  reason: string;
}

/** 落地的情况。 */
export interface Landed {
  rows: number;
  batches: number;
  extract_on: string | null;
  fresh: boolean | null;
  due_on: string | null;
  overdue: boolean | null;
}

/** 最近一次运行。 */
export interface LastRun {
  run: string;
  at: string;
  as_of: string;
  hits: number;
  fingerprint: string;
  snapshot: string;
}

/** 看过一次：谁、什么时候、看了什么、为什么；拒绝的也在内。 */
export interface Look {
  seq: number;
  at: string;
  actor: string;
  display: string;
  look: string;
  look_title: string;
  object: string;
  refused: boolean;
  why: string;
}

export interface LookRow {
  clue: string;
  title: string;
  model: string;
  unit: string;
  reason: string;
  drawn_at: string;
  verdict: string;
  mine: boolean;
}

export interface Looks {
  waiting: Array<LookRow>;
  done: number;
  disagreed: number;
  low: number;
  high: number;
  share: string;
}

/** 办理结果：新记录的编号和一句话。 */
export interface Made {
  done: string;
  number: string;
}

export interface MatchJudged {
  match: number;
  step: string;
  grade: string;
  kind: string;
  absent: boolean;
  left: string;
  right: string;
  standing: string;
  standing_title: string;
  judgement: string | null;
  by: string;
  at: string | null;
  reason: string;
  may_undo: boolean;
}

/** 并入哪几条，为什么是同一件事。 */
export interface Members {
  members: Array<string>;
  note?: string;
}

/** 一个监督模型。 */
export interface Model {
  id: string;
  number: string | null;
  title: string;
  status: string;
  unit: string;
  units: Array<string>;
  sentence: string;
  summary: string | null;
  steps: Array<ModelStep>;
  verify: Array<string>;
  parameters: Array<string>;
  fingerprint: string;
  figures: ModelFigures;
  run: LastRun | null;
}

export interface ModelFigures {
  found: number;
  pushed: number;
  waiting: number;
  signed: number;
  excluded: number;
  reasons: Array<[string, number]>;
  as_of: string | null;
}

/** 模型的一步，一句中文。 */
export interface ModelStep {
  id: string;
  use: string;
  says: string;
}

export interface MonthCovered {
  month: string | null;
  region: string | null;
  rows: number;
  state: string;
}

/** 一步要写的话：理由（封闭清单的代号）、说明、移送部门或接收机关或案件编号。 */
export interface Move {
  reason?: string;
  note?: string;
  to?: string;
}

/** 新账号；安全管理员确认角色以前不能登录。 */
export interface NewAccount {
  username: string;
  display: string;
  agency: string;
  kind: string;
  roles: Array<string>;
  units?: Array<string>;
}

/** 说明。 */
export interface Note {
  note?: string;
}

/** 本人的身份证号，只留代号；空着是清除。 */
export interface Noted {
  id_number: string;
}

/** 哪一步、哪些线索。 */
export interface Numbers {
  verb: string;
  numbers: Array<string>;
}

/** 谁提出、说什么。 */
export interface Objection {
  who?: string;
  text?: string;
}

export interface ObjectionTold {
  at: string;
  by: string;
  due: string;
  text: string;
  open: boolean;
  late: boolean;
  verdict: string;
  answered_by: string;
  answered_at: string | null;
}

/** 一个代号和它的名称。 */
export interface Option {
  code: string;
  title: string;
}

export interface Page_CampaignTold {
  items: Array<CampaignTold>;
  next?: string | null;
  total?: number | null;
}

export interface Page_ClueRow {
  items: Array<ClueRow>;
  next?: string | null;
  total?: number | null;
}

export interface Page_Clue {
  items: Array<Clue>;
  next?: string | null;
  total?: number | null;
}

export interface Page_Dataset {
  items: Array<Dataset>;
  next?: string | null;
  total?: number | null;
}

export interface Page_Entry {
  items: Array<Entry>;
  next?: string | null;
  total?: number | null;
}

export interface Page_Figures {
  items: Array<Figures>;
  next?: string | null;
  total?: number | null;
}

export interface Page_Finding {
  items: Array<Finding>;
  next?: string | null;
  total?: number | null;
}

export interface Page_Look {
  items: Array<Look>;
  next?: string | null;
  total?: number | null;
}

export interface Page_Model {
  items: Array<Model>;
  next?: string | null;
  total?: number | null;
}

export interface Page_Publication {
  items: Array<Publication>;
  next?: string | null;
  total?: number | null;
}

export interface Page_Schedule {
  items: Array<Schedule>;
  next?: string | null;
  total?: number | null;
}

export interface Page_Searchable {
  items: Array<Searchable>;
  next?: string | null;
  total?: number | null;
}

export interface PaperTold {
  id: number;
  at: string;
  who: string;
  name: string;
  kind: string;
  size: number;
  sha256: string;
  says: string;
  stripped: Array<string>;
  may_take_down: boolean;
}

/** 原口令和新口令。 */
export interface Password {
  old: string;
  new: string;
}

/** 完整的号码或姓名，和事由；不写在地址里。 */
export interface PersonIn {
  person: string;
  purpose: string;
  cursor?: string;
}

/** 一条线索和看到它时的版本。 */
export interface PickIn {
  number: string;
  revision: number;
}

/** 定期运行：模型、起日、几天一次、有新数据就运行、事由编号和到期日。 */
export interface Plan {
  model: string;
  starts: string;
  every_days?: number;
  on_batch?: boolean;
  purpose: string;
  purpose_until: string;
}

/** 一个模型的成效。 */
export interface Precision {
  model: string;
  whole: Figures;
  words: Array<Figures>;
  proposals: Array<Suggested>;
  decisions: Array<Decided>;
}

export interface Previewed {
  row: ClueRow;
  revision: number;
  allowed: boolean;
  because: string;
  target: string;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: Array<ProblemItem>;
}

export interface ProblemItem {
  code: string;
  message: string;
  field?: string | null;
  found?: string | null;
  expected?: string | null;
  file?: string | null;
  line?: number | null;
}

export interface Progress {
  name: string;
  found: number;
  pushed: number;
  signed: number;
  registered: number;
  filed: number;
  referred: number;
  excluded: number;
  settled: number;
  open: number;
  ground_changed: number;
  true: number;
  false: number;
}

/** 哪个模型，为什么发布。 */
export interface Propose {
  model: string;
  why: string;
}

/** 一次发布：谁提出、谁确认；``current``：模型文件没有再改。 */
export interface Publication {
  number: number;
  model: string;
  fingerprint: string;
  by: string;
  at: string;
  why: string;
  verdict: string;
  second: string;
  second_at: string | null;
  second_why: string;
  current: boolean;
  may_decide: boolean;
  because: string;
}

export interface QualityReport {
  dataset: string;
  rows: number;
  unmatchable: Record<string, number>;
  fields: Record<string, FieldQuality>;
  coverage: Array<MonthCovered>;
  as_of: string | null;
  fresh: boolean | null;
  reasons?: Record<string, Record<string, number>>;
  duplicates?: Record<string, number>;
  types?: Record<string, Record<string, number>>;
  leaks?: Record<string, Record<string, number>>;
  thin?: Array<ThinMonth>;
  due_on?: string | null;
  overdue?: boolean | null;
  batch?: BatchCounts | null;
  previous?: BatchCounts | null;
  warnings?: Array<string>;
}

/** 事由。 */
export interface Reason {
  reason: string;
}

export interface RecusalRow {
  id: number;
  user: string;
  display: string;
  thing: string;
  ground: string;
  by: string;
  lifts: boolean;
}

/** 谁（空着是自己）、回避哪条线索、理由；whole：主体的全部线索。 */
export interface Recuse {
  username?: string;
  clue: string;
  ground: string;
  whole?: boolean;
}

export interface Refused {
  number: string;
  because: string;
}

export interface RequestRow {
  number: number;
  username: string;
  display: string;
  agency: string;
  asked_by: string;
  asked_at: string;
  wanted: Array<string>;
  units: Array<string>;
  held: Array<string>;
}

/** 提出的角色和部门。 */
export interface Roles {
  grants: Array<Grant>;
  units?: Array<string>;
}

export interface RowField {
  field: string;
  title: string;
  type: string;
  value: unknown;
  hidden: boolean;
}

export interface RowView {
  dataset: string;
  title: string;
  provider: string;
  row: string;
  fields: Array<RowField>;
  file: string;
  sheet: string | null;
  line: number;
  sha256: string;
  batch: string;
  received_at: string | null;
  as_of: string | null;
  snapshot: string;
}

/** 权限表的一条，和说的是不是您的角色。 */
export interface Rule {
  id: string;
  says: string;
  where: string;
  roles: string;
  mine: boolean;
}

/** 定期运行。 */
export interface Schedule {
  number: number;
  model: string;
  starts: string;
  every_days: number;
  on_batch: boolean;
  purpose: string;
  purpose_until: string;
  by: string;
  stopped: boolean;
  next_due: string | null;
  notice: string;
  ticks: Array<Tick>;
}

export interface SearchHit {
  dataset: string;
  title: string;
  row: string;
  day: string | null;
  region: string | null;
  file: string;
  sheet: string | null;
  line: number;
  snippets: Array<Snippet>;
}

/** 找什么词，在哪些数据集、区划、期间。 */
export interface SearchIn {
  q: string;
  dataset?: string;
  region?: string;
  since?: string | null;
  until?: string | null;
  order?: string;
}

export interface SearchPage {
  items: Array<SearchHit>;
  next: string | null;
  total: number;
  at_least: boolean;
  snapshot: string;
  pinned_at: string;
  behind?: Record<string, number>;
}

/** 可以检索的数据集。 */
export interface Searchable {
  id: string;
  title: string;
}

/** 现在是谁；``csrf`` 写进以后每个改动请求的 X-CSRFToken。``second``：还差第二因子的动态码。 */
export interface Session {
  signed_in: boolean;
  second: boolean;
  csrf: string;
  username: string;
  display: string;
  roles: Array<string>;
  units: Array<string>;
  must_change: boolean;
  needs_factor: boolean;
  evaluation: boolean;
}

/** 专项：名称、事由编号、期间、模型、部门、目标（signed、registered、filed、settled）。 */
export interface SetUp {
  title: string;
  purpose: string;
  starts: string;
  ends: string;
  models: Array<string>;
  units: Array<string>;
  targets?: Record<string, number>;
}

/** 账号和口令。 */
export interface SignIn {
  username: string;
  password: string;
}

export interface Snippet {
  field: string;
  title: string;
  text: string;
  start: number;
  marks: Array<[number, number]>;
  cut_before: boolean;
  cut_after: boolean;
}

/** 放到哪一天，为什么。 */
export interface Snooze {
  until: string;
  note?: string;
}

/** 分出哪几行证据（从 1 数）、题目、为什么。 */
export interface Split {
  rows: Array<number>;
  title?: string;
  note?: string;
}

export interface Step {
  at: string;
  title: string;
  who: string;
  source: string;
  target: string;
  reason: string;
  note: string;
  to: string;
}

/** 一条建议：关键词停用或收紧、门槛提高；``gone`` 是会不再提示的线索。 */
export interface Suggested {
  kind: string;
  what: string;
  title: string;
  bound: string;
  true: number;
  false: number;
  low: number;
  high: number;
  says: string;
  gone: Array<string>;
  stay: number;
}

/** 工作小结。 */
export interface Summary {
  summary: string;
}

/** 启用还是停用，为什么。 */
export interface Switch {
  on: boolean;
  why: string;
}

export interface Target {
  title: string;
  wanted: number;
  reached: number;
}

export interface ThinMonth {
  month: string;
  rows: number;
  least: number;
  declared: string;
}

/** 应运行的一次和它的结果。 */
export interface Tick {
  due: string;
  state: string;
  run: string;
  says: string;
  at: string;
}

/** 能不能、为什么、哪一条规则。 */
export interface Told {
  allowed: boolean;
  because: string;
  rule: string;
}

/** 撤销的理由。 */
export interface Undo {
  reason: string;
}

/** 分派到哪个部门，为什么。 */
export interface Unit {
  unit: string;
  note?: string;
}

/** 抽查结论和说明。 */
export interface Verdict {
  verdict: string;
  note?: string;
}

export interface Verification {
  entries: number;
  ok: boolean;
  first_bad: number | null;
  anchor: string;
  anchor_found?: boolean | null;
  anchors?: number;
}

/** 找什么；空着就是不限。 */
export interface Wanted {
  model?: string;
  grade?: string;
  state?: string;
  unit?: string;
  held?: string;
  mark?: string;
  text?: string;
  since?: string | null;
  order?: "new" | "score";
}

/** 能不能看、为什么、哪一条规则；数据集还写明看得到和看不到的字段。 */
export interface Why {
  answers: Record<string, Told>;
  rules: Array<Rule>;
  shown: Array<string>;
  hidden: Array<string>;
}

/** 全部操作；每个函数名是 openapi.json 里的 operationId。 */
export class Shujian extends Caller {
  /** 现在是谁，和表单令牌：没有登录也可以问；答复里的 csrf 用于以后的改动。 */
  sessionRead(): Promise<Reply<Session>> {
    return this.call<Session>("GET", `/session`, { answer: "json" });
  }

  /** 登录：账号、口令都对才登录；要第二因子的，``second`` 为 true，再送动态码。失败过多的 429。 */
  sessionBegin(body: SignIn): Promise<Reply<Session>> {
    return this.call<Session>("POST", `/session`, { body, answer: "json" });
  }

  /** 退出：结束这次登录。 */
  sessionEnd(): Promise<Reply<void>> {
    return this.call<void>("DELETE", `/session`, { answer: "none" });
  }

  /** 第二因子：口令对了以后五分钟内送动态码或恢复码。 */
  sessionSecond(body: Code): Promise<Reply<Session>> {
    return this.call<Session>("POST", `/session/second`, { body, answer: "json" });
  }

  /** 修改口令：不合规矩的新口令，一次说完全部问题；其他登录同时结束。 */
  passwordChange(body: Password, options: { key?: string } = {}): Promise<Reply<Session>> {
    return this.call<Session>("POST", `/me/password`, { body, ...options, answer: "json" });
  }

  /** 第二因子的情况：没有启用时给出密钥，启用以后不再给出。 */
  factorRead(): Promise<Reply<Factor>> {
    return this.call<Factor>("GET", `/me/factor`, { answer: "json" });
  }

  /** 启用第二因子，或换一组恢复码：第一个动态码启用验证器；已启用的换一组恢复码。恢复码只显示这一次。 */
  factorUse(body: Code, options: { key?: string } = {}): Promise<Reply<Codes>> {
    return this.call<Codes>("POST", `/me/factor`, { body, ...options, answer: "json" });
  }

  /** 线索列表：职责范围内的线索，已掩码；带着 next 问下一页，其间新增的线索不会打乱次序。 */
  clueList(query: { model?: string; grade?: string; state?: string; unit?: string; held?: string; mark?: string; text?: string; since?: string | null; order?: "new" | "score"; limit?: number; cursor?: string } = {}): Promise<Reply<Page_ClueRow>> {
    return this.call<Page_ClueRow>("GET", `/clues`, { query, answer: "json" });
  }

  /** 人工录入一条线索：全部问题一次说完；录过的不重复录入。 */
  handType(body: Hand, options: { key?: string } = {}): Promise<Reply<HandedIn>> {
    return this.call<HandedIn>("POST", `/clues`, { body, ...options, answer: "json" });
  }

  /** 各状态的条数：职责范围内的线索按状态、暂缓原因、模型计数。 */
  clueCounts(): Promise<Reply<Funnel>> {
    return this.call<Funnel>("GET", `/clues/counts`, { answer: "json" });
  }

  /** 导出线索清单：XLSX 或 DOCX，已掩码，至多五千条；写明导出人和时间。 */
  clueExport(query: { model?: string; grade?: string; state?: string; unit?: string; held?: string; mark?: string; text?: string; since?: string | null; order?: "new" | "score"; kind?: "xlsx" | "docx" } = {}): Promise<Reply<Blob>> {
    return this.call<Blob>("GET", `/clues/export`, { query, answer: "blob" });
  }

  /** 批量办理之前看一看：逐条说明这一步会到哪里、为什么不能；看不到的线索不列出。 */
  clueBulkPreview(body: Numbers): Promise<Reply<Array<Previewed>>> {
    return this.call<Array<Previewed>>("POST", `/clues/bulk/preview`, { body, answer: "json" });
  }

  /** 批量办理：一步、一个理由、多条线索；每条带着看到时的版本，变过的不动并说明。 */
  clueBulk(body: Bulk, options: { key?: string } = {}): Promise<Reply<BulkDone>> {
    return this.call<BulkDone>("POST", `/clues/bulk`, { body, ...options, answer: "json" });
  }

  /** 一条线索：已掩码；actions 写明每一步能不能办、为什么。ETag 用于以后的 If-Match。 */
  clueRead(number: string, options: { ifNoneMatch?: string } = {}): Promise<Reply<Clue>> {
    return this.call<Clue>("GET", `/clues/${encodeURIComponent(String(number))}`, { ...options, answer: "json" });
  }

  /** 查看完整信息：写明事由，先记入审计再显示；只这一次，再看要再写。 */
  clueUnmask(number: string, body: Reason): Promise<Reply<Clue>> {
    return this.call<Clue>("POST", `/clues/${encodeURIComponent(String(number))}/unmask`, { body, answer: "json" });
  }

  /** 办理一步：push、sign、exclude 等，见 actions；状态不许的 409，不归您办的 403，版本旧了的 412，什么都没有改。 */
  clueMove(number: string, verb: string, body: Move, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/moves/${encodeURIComponent(String(verb))}`, { body, ...options, answer: "json" });
  }

  /** 线索旁边的事：协办、批注、附件、并案、异议和认定，已掩码，并写明能做什么、为什么不能。 */
  clueBeside(number: string): Promise<Reply<Beside>> {
    return this.call<Beside>("GET", `/clues/${encodeURIComponent(String(number))}/beside`, { answer: "json" });
  }

  /** 暂缓：放到某一天，到期自己回来。 */
  clueSnooze(number: string, body: Snooze, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/snooze`, { body, ...options, answer: "json" });
  }

  /** 结束暂缓：不等到期就接着办。 */
  clueWake(number: string, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/wake`, { ...options, answer: "json" });
  }

  /** 请人协办：能看、能添加、不作决定。 */
  clueHelpOn(number: string, body: Colleague, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/helpers`, { body, ...options, answer: "json" });
  }

  /** 结束协办：这位同事从此看不到。 */
  clueHelpOff(number: string, body: Colleague, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/helpers/end`, { body, ...options, answer: "json" });
  }

  /** 并入：几条是一件事，可以拆开。 */
  clueJoin(number: string, body: Members, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/members`, { body, ...options, answer: "json" });
  }

  /** 拆开：恢复原来的样子。 */
  clueUnjoin(number: string, body: Note, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/unjoin`, { body, ...options, answer: "json" });
  }

  /** 分出：部分证据成为另一条，可以收回。 */
  clueSplit(number: string, body: Split, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/split`, { body, ...options, answer: "json" });
  }

  /** 收回：分出的一条收回去。 */
  clueUnsplit(number: string, body: Note, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/unsplit`, { body, ...options, answer: "json" });
  }

  /** 登记异议：答复之前不得推送、登记、移送、立案。 */
  clueObject(number: string, body: Objection, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/objections`, { body, ...options, answer: "json" });
  }

  /** 答复异议：成立的排除，不成立的接着办。 */
  clueAnswer(number: string, body: Answer, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/objections/answer`, { body, ...options, answer: "json" });
  }

  /** 抽查：抽中的排除由别人再看一遍。 */
  clueLook(number: string, body: Verdict, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/second-look`, { body, ...options, answer: "json" });
  }

  /** 分派：归口单元不是本院部门的，分派到一个部门。 */
  clueAssign(number: string, body: Unit, options: { ifMatch: string; key?: string }): Promise<Reply<Done>> {
    return this.call<Done>("POST", `/clues/${encodeURIComponent(String(number))}/assign`, { body, ...options, answer: "json" });
  }

  /** 添加批注：批注不改线索的版本。 */
  clueComment(number: string, body: Comment, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/clues/${encodeURIComponent(String(number))}/comments`, { body, ...options, answer: "json" });
  }

  /** 撤回批注：只能撤回自己的；撤回过的痕迹还在。 */
  clueUncomment(number: string, comment: number): Promise<Reply<Made>> {
    return this.call<Made>("DELETE", `/clues/${encodeURIComponent(String(number))}/comments/${encodeURIComponent(String(comment))}`, { answer: "json" });
  }

  /** 认定是不是同一人：看到的两个代号（judged 里的 left、right）一并送来，换过就不认。 */
  clueJudge(number: string, body: Judge, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/clues/${encodeURIComponent(String(number))}/judgements`, { body, ...options, answer: "json" });
  }

  /** 撤销认定：撤销是另一条记录；之前的结论重新有效。 */
  judgementUndo(judgement: string, body: Undo, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/judgements/${encodeURIComponent(String(judgement))}/undo`, { body, ...options, answer: "json" });
  }

  /** 上传附件：按内容认种类；空的、截断的、太大的、压缩炸弹拒收，图片去掉拍摄地点，加密存放。 */
  paperFile(number: string, form: FormData, options: { key?: string } = {}): Promise<Reply<Filed>> {
    return this.call<Filed>("POST", `/clues/${encodeURIComponent(String(number))}/files`, { form, ...options, answer: "json" });
  }

  /** 下载附件：和查看完整信息同样的权限，先记入审计。 */
  paperOpen(number: string, file: number): Promise<Reply<Blob>> {
    return this.call<Blob>("POST", `/clues/${encodeURIComponent(String(number))}/files/${encodeURIComponent(String(file))}/open`, { answer: "blob" });
  }

  /** 撤下附件：上传的人或承办人撤下；撤下过的痕迹还在。 */
  paperWithdraw(number: string, file: number, body: Note, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/clues/${encodeURIComponent(String(number))}/files/${encodeURIComponent(String(file))}/withdraw`, { body, ...options, answer: "json" });
  }

  /** 人工录入的字段：每个字段的代号和名称，您可以为哪些部门录入。 */
  handColumns(): Promise<Reply<Columns>> {
    return this.call<Columns>("GET", `/clue-columns`, { answer: "json" });
  }

  /** 导入清单：XLSX 或 CSV，一行一条；有一行不对就全部不导入，逐行说明。 */
  handImport(form: FormData, options: { key?: string } = {}): Promise<Reply<HandedIn>> {
    return this.call<HandedIn>("POST", `/clues/import`, { form, ...options, answer: "json" });
  }

  /** 待核身份：等人认定身份的线索，带比对过的字段，已掩码。 */
  identityQueue(query: { model?: string; grade?: string; cursor?: string } = {}): Promise<Reply<Page_Clue>> {
    return this.call<Page_Clue>("GET", `/identity-queue`, { query, answer: "json" });
  }

  /** 抽查：随机抽中的排除，和不同意的比例。 */
  secondLooks(): Promise<Reply<Looks>> {
    return this.call<Looks>("GET", `/second-looks`, { answer: "json" });
  }

  /** 监督模型：全部模型：一句话、步骤、最近一次运行和办理情况。 */
  modelList(): Promise<Reply<Page_Model>> {
    return this.call<Page_Model>("GET", `/models`, { answer: "json" });
  }

  /** 一个监督模型：按编号或代号。 */
  modelRead(model: string): Promise<Reply<Model>> {
    return this.call<Model>("GET", `/models/${encodeURIComponent(String(model))}`, { answer: "json" });
  }

  /** 发布：提出的、等待确认的、已发布的；新的在前。 */
  publicationList(): Promise<Reply<Page_Publication>> {
    return this.call<Page_Publication>("GET", `/publications`, { answer: "json" });
  }

  /** 提出发布：提出发布模型现在的版本，由另一个人确认。 */
  publicationPropose(body: Propose, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/publications`, { body, ...options, answer: "json" });
  }

  /** 确认或者不同意发布：提出的人不能自己确认。 */
  publicationDecide(number: number, body: Decide, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/publications/${encodeURIComponent(String(number))}/decision`, { body, ...options, answer: "json" });
  }

  /** 定期运行：每一项下次何时运行，最近几次怎样。 */
  scheduleList(): Promise<Reply<Page_Schedule>> {
    return this.call<Page_Schedule>("GET", `/schedules`, { answer: "json" });
  }

  /** 安排定期运行：模型须已发布；事由到期不再运行。 */
  scheduleAdd(body: Plan, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/schedules`, { body, ...options, answer: "json" });
  }

  /** 停止定期运行：做过的还在。 */
  scheduleStop(number: number, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/schedules/${encodeURIComponent(String(number))}/stop`, { ...options, answer: "json" });
  }

  /** 全部模型的成效：每个模型的漏斗。 */
  precisionList(): Promise<Reply<Page_Figures>> {
    return this.call<Page_Figures>("GET", `/precision`, { answer: "json" });
  }

  /** 一个模型的成效：漏斗、各关键词、建议和决定过的建议。 */
  precisionRead(model: string): Promise<Reply<Precision>> {
    return this.call<Precision>("GET", `/precision/${encodeURIComponent(String(model))}`, { answer: "json" });
  }

  /** 决定一条建议：由数字检察专班的人决定；系统不改模型。 */
  precisionDecide(model: string, body: Choice, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/precision/${encodeURIComponent(String(model))}/decisions`, { body, ...options, answer: "json" });
  }

  /** 专项：您可以看的专项，进行中的在前。 */
  campaignList(): Promise<Reply<Page_CampaignTold>> {
    return this.call<Page_CampaignTold>("GET", `/campaigns`, { answer: "json" });
  }

  /** 部署专项：由院领导、数字检察专班部署；全部问题一次说完。 */
  campaignSetUp(body: SetUp, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/campaigns`, { body, ...options, answer: "json" });
  }

  /** 一个专项：进展由线索的状态统计；结项以后数字固定。 */
  campaignRead(number: string): Promise<Reply<CampaignTold>> {
    return this.call<CampaignTold>("GET", `/campaigns/${encodeURIComponent(String(number))}`, { answer: "json" });
  }

  /** 结项：期满以后由人结项，写小结。 */
  campaignClose(number: string, body: Summary, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/campaigns/${encodeURIComponent(String(number))}/close`, { body, ...options, answer: "json" });
  }

  /** 结项报告：DOCX；还没有结项的是进展情况。 */
  campaignReport(number: string): Promise<Reply<Blob>> {
    return this.call<Blob>("GET", `/campaigns/${encodeURIComponent(String(number))}/report`, { answer: "blob" });
  }

  /** 数据集：每个数据源的提供单位、协议、新鲜度；没有个人数据。 */
  datasetList(): Promise<Reply<Page_Dataset>> {
    return this.call<Page_Dataset>("GET", `/datasets`, { answer: "json" });
  }

  /** 一个数据集：字段的质量、不可比对的行和覆盖。 */
  datasetRead(dataset: string): Promise<Reply<DatasetWhole>> {
    return this.call<DatasetWhole>("GET", `/datasets/${encodeURIComponent(String(dataset))}`, { answer: "json" });
  }

  /** 可以检索的数据集：有数据、在您职责范围内的。 */
  searchWhere(): Promise<Reply<Page_Searchable>> {
    return this.call<Page_Searchable>("GET", `/searchable`, { answer: "json" });
  }

  /** 按词检索：在看得到的字里找，已掩码，记入审计。词里有证号、电话的拒绝，请用按人查询。 */
  searchWords(query: { q: string; dataset?: string; region?: string; since?: string | null; until?: string | null; order?: string; limit?: number; cursor?: string }): Promise<Reply<SearchPage>> {
    return this.call<SearchPage>("GET", `/search`, { query, answer: "json" });
  }

  /** 按人查询：凭完整号码或姓名，写明事由；先记入审计。 */
  searchPerson(body: PersonIn): Promise<Reply<SearchPage>> {
    return this.call<SearchPage>("POST", `/search/person`, { body, answer: "json" });
  }

  /** 一行数据：已掩码，带出处；级别以上的字段只说有、不给值。记入审计。 */
  rowRead(dataset: string, row: string): Promise<Reply<RowView>> {
    return this.call<RowView>("GET", `/datasets/${encodeURIComponent(String(dataset))}/rows/${encodeURIComponent(String(row))}`, { answer: "json" });
  }

  /** 我为什么能看／不能看：问一条线索或一个数据集；没有的线索和看不到的线索是同一个答复。 */
  whyRead(query: { clue?: string; dataset?: string } = {}): Promise<Reply<Why>> {
    return this.call<Why>("GET", `/why`, { query, answer: "json" });
  }

  /** 审计记录：新的在前；可以按账号、动作的开头筛选。 */
  auditList(query: { actor?: string; action?: string; limit?: number; cursor?: string } = {}): Promise<Reply<Page_Entry>> {
    return this.call<Page_Entry>("GET", `/audit`, { query, answer: "json" });
  }

  /** 核对审计链：逐条核对；有改动的指明第一条。 */
  auditVerify(): Promise<Reply<Verification>> {
    return this.call<Verification>("GET", `/audit/verification`, { answer: "json" });
  }

  /** 谁看过：线索编号、subject:代号、row:数据集/行；被拒绝的查看也在内。 */
  auditLooks(query: { thing: string; limit?: number; cursor?: string }): Promise<Reply<Page_Look>> {
    return this.call<Page_Look>("GET", `/audit/looks`, { query, answer: "json" });
  }

  /** 谁看过这条线索：线索和它的主体；审计管理员和承办部门负责人可以看。 */
  clueLooks(number: string, query: { limit?: number; cursor?: string } = {}): Promise<Reply<Page_Look>> {
    return this.call<Page_Look>("GET", `/clues/${encodeURIComponent(String(number))}/looks`, { query, answer: "json" });
  }

  /** 异常查看的提示：最近三十天或某日以来，至多五百条，新的在前；是提示，不是结论。 */
  auditCuriosity(query: { since?: string | null; kind?: string } = {}): Promise<Reply<Page_Finding>> {
    return this.call<Page_Finding>("GET", `/audit/curiosity`, { query, answer: "json" });
  }

  /** 账号：没有口令、密钥和身份证号。 */
  accountList(): Promise<Reply<Accounts>> {
    return this.call<Accounts>("GET", `/accounts`, { answer: "json" });
  }

  /** 建账号：系统管理员建；安全管理员确认角色之后才能登录。 */
  accountCreate(body: NewAccount, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/accounts`, { body, ...options, answer: "json" });
  }

  /** 登录记录：登录、退出、失败、暂不受理，新的在前。 */
  accountSignIns(query: { actor?: string; limit?: number; cursor?: string } = {}): Promise<Reply<Page_Entry>> {
    return this.call<Page_Entry>("GET", `/accounts/sign-ins`, { query, answer: "json" });
  }

  /** 确认或退回角色变动：提出的人不能自己确认；第一次确认时给出一次性口令。 */
  accountDecide(number: number, body: Confirm, options: { key?: string } = {}): Promise<Reply<Granted>> {
    return this.call<Granted>("POST", `/accounts/requests/${encodeURIComponent(String(number))}`, { body, ...options, answer: "json" });
  }

  /** 一个账号：角色、范围、部门、状态。 */
  accountRead(username: string): Promise<Reply<AccountRow>> {
    return this.call<AccountRow>("GET", `/accounts/${encodeURIComponent(String(username))}`, { answer: "json" });
  }

  /** 提出角色变动：由安全管理员确认后生效。 */
  accountRoles(username: string, body: Roles, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/accounts/${encodeURIComponent(String(username))}/roles`, { body, ...options, answer: "json" });
  }

  /** 停用或启用：停用立即结束正在使用的登录。 */
  accountSwitch(username: string, body: Switch, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/accounts/${encodeURIComponent(String(username))}/switch`, { body, ...options, answer: "json" });
  }

  /** 登记本人代号：用来发现查同事的查看；号码本身不保存。 */
  accountNoted(username: string, body: Noted, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/accounts/${encodeURIComponent(String(username))}/noted`, { body, ...options, answer: "json" });
  }

  /** 重置口令和第二因子：一次性口令只显示这一次；第二因子和登录都清除。 */
  accountReset(username: string, options: { key?: string } = {}): Promise<Reply<Granted>> {
    return this.call<Granted>("POST", `/accounts/${encodeURIComponent(String(username))}/reset`, { ...options, answer: "json" });
  }

  /** 请假、代理、回避：自己的，负责人还有本部门的。 */
  dutyRead(): Promise<Reply<Duty>> {
    return this.call<Duty>("GET", `/duty`, { answer: "json" });
  }

  /** 登记请假和代理：代理从起日生效，止日之后自动结束。 */
  dutyAbsence(body: Absence, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/duty/absences`, { body, ...options, answer: "json" });
  }

  /** 销假：代理同时结束。 */
  dutyAbsenceEnd(number: number, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/duty/absences/${encodeURIComponent(String(number))}/end`, { ...options, answer: "json" });
  }

  /** 登记回避：立即看不到、不能办；看不到的线索不能登记。 */
  dutyRecusal(body: Recuse, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/duty/recusals`, { body, ...options, answer: "json" });
  }

  /** 解除回避：由负责人决定。 */
  dutyRecusalLift(number: number, options: { key?: string } = {}): Promise<Reply<Made>> {
    return this.call<Made>("POST", `/duty/recusals/${encodeURIComponent(String(number))}/lift`, { ...options, answer: "json" });
  }

  /** 接口说明（OpenAPI 3.1）：机器读的说明，与仓库里的 openapi.json 相同。 */
  openapiRead(): Promise<Reply<Record<string, unknown>>> {
    return this.call<Record<string, unknown>>("GET", `/openapi.json`, { answer: "json" });
  }

  /** 接口说明（网页）：人读的说明：每个操作的地址、权限、留痕、要带的东西。 */
  docsRead(): Promise<Reply<Blob>> {
    return this.call<Blob>("GET", `/docs`, { answer: "blob" });
  }

}
