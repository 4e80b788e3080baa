/** The wire as the screens see it (docs/protocol.md). Types only: never loaded by a browser. */

export type State = 'bot' | 'waiting' | 'assigned' | 'message_left' | 'resolved';
export interface Page { url: string; title?: string; sku?: string }
export interface Choice { label: string; payload: string; hint?: string | null }
/** What a page states, word for word: `label` is what it calls it, `variant` what it is true of. */
export interface Fact { text: string; label?: string; variant?: string; url: string }
/** A cell for each of the columns; the facts stand instead of a passage, or `beside` it. */
export interface Facts { columns: string[]; rows: { product: string; url: string; cells: Fact[][] }[]; left_out?: number; beside?: boolean }
export interface Answer {
  passage_id: string; passage: string; page_title: string; heading: string; url: string;
  updated: string; index_version: string; probability: number; more?: string | null;
  likely?: boolean; also?: { heading: string; url: string }[]; facts?: Facts | null;
}
export interface DeskEvent {
  seq: number | null; at: string; type: string;
  from?: 'shopper' | 'bot' | 'agent' | 'system'; text?: string; client_id?: string | null; name?: string | null;
  answer?: Answer | null; choices?: Choice[] | null;
  state?: State; reason?: string | null; agent?: { id?: string; name: string } | string | null;
  position?: number; wait_low_s?: number | null; wait_high_s?: number | null;
  target_seq?: number; helpful?: boolean; score?: number; comment?: string | null;
}
/** A message that is not yet known to be stored. */
export interface Unsent { client_id: string; text: string; shown: string; page?: Page; at: string; refused?: string }
export interface Shop {
  name: string; promise?: string | null; hours?: string | null; open_now?: boolean; language?: string;
  agents_on_duty?: boolean; mail?: boolean; greeting?: GreetingRule[]; [more: string]: unknown;
}
/** `path` may hold stars; `basket_min` is what has to be in the basket; `once` a visit, or else once a page. */
export interface GreetingRule {
  text: string; texts?: Record<string, string>; path?: string; after_s?: number; basket?: boolean; basket_min?: number; once?: boolean;
}
export interface Transcript {
  items: Map<number, DeskEvent>; last: number; state: State; agent: string | null;
  queue: { position: number; low: number | null; high: number | null } | null;
  typing: number; helpful: Map<number, boolean>; rating: number | null; read: number;
}
export type MarkdownNode = string | { tag: string; href?: string; kids: MarkdownNode[] };
