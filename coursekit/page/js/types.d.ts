// The shapes that pass between Python and the page (coursekit/page/sitting.py, coursekit/model/controls/), and between our modules.

export type Words = { [key: string]: any; plural?: number[]; locale?: string };

/** What a form knows of the world: an ipywidget's model, a socket's, a test's. */
export interface Model<Traits> {
  get<Name extends keyof Traits & string>(name: Name): Traits[Name];
  set<Name extends keyof Traits & string>(name: Name, value: Traits[Name]): void;
  on(event: string, act: () => void): void;
  off(event: string, act: () => void): void;
  save_changes(): unknown;
}

// ---- One exercise

export type Act = "check" | "draft" | "hint" | "solution" | "mark" | "look";
export type Verdict = string; // the name of an icon and of a colour

export interface Fixed {
  id: string;
  title: string;
  note: string;
  prompt: string;
  controls: Described[];
  confidence: boolean;
  hints: number;
  submit: string;
  saves: boolean;
  tested: boolean;
  words: Words;
}

export interface State {
  n: number;
  answer: any;
  confidence: number | null;
  drafted: boolean;
  attempts: number;
  summary: { verdict: Verdict; text: string } | null;
  feedback: string;
  parts: Said[];
  hints: string[];
  solution: { offered: boolean; html: string };
  anchors: Anchor[];
  mark: number | null;
  saved: { ok: boolean; at?: string; text?: string } | null;
  conflict: Conflict | null;
  address: string;
}

export interface Said { id: string; verdict: Verdict; label: string; text: string }
export interface Anchor { level: number; text: string; why: string }
export interface Conflict { over: string; at: string; fields: { path: string[]; of: string; text: string }[] }
export interface Submission { n: number; action: Act; [more: string]: any }
export type ExerciseModel = Model<{ fixed: Fixed; state: State; submission: Submission | undefined }>;

/**
 * A submission under way: the answer and all that was entered when it went, all that it said, and the `n` of each time that it was
 * sent.
 */
export interface Pending { action: Act; serial: string; entered: string; told: string; message: Submission; numbers: number[] }

/** A part of an exercise that something can be said about. */
export interface Part { host: HTMLElement; slot: HTMLElement; inputs: HTMLElement[] }

// ---- Controls

export interface View {
  readonly title: string;
  newId(): string;
  word(key: string, values?: Record<string, any>): string;
  part(id: string, host: HTMLElement, inputs?: HTMLElement[], whole?: boolean): HTMLElement;
  announce(text: string | null): void;
  changed(): void;
  send(action: Act): void;
}

export interface Control { node: HTMLElement; get(): any; set(value: unknown): void }
export interface Field { node: HTMLElement; input: HTMLElement; get(): string; set(value: unknown): void }

export interface Described { type: string; id: string; label: string }
export interface Choice { id: string; text: string }
export interface Box extends Described { unit?: string; help: string; keyboard?: string }
export interface Paragraph extends Described { words: number; help: string }
export interface Picking extends Described { options: Choice[] }
export interface Select extends Picking { help: string }
export interface Arrange extends Described { items: Choice[] }
export interface Assign extends Arrange { buckets: Choice[] }
export interface Span extends Choice { paragraph: boolean }
export interface MarkSpans extends Described { spans: Span[]; reasons: Choice[] }
export interface Cell { column: string; input: string }
export interface GridRow { id: string; label: string; cells: Cell[]; unit: string; help: string; keyboard: string }
export interface Grid extends Described { columns: Choice[]; rows: GridRow[]; check_rows: boolean }
export interface Revise extends Described { cards: Choice[]; start: number; low: string; high: string }

// ---- Handing in

export interface HandInRow { number: string; id: string; title: string; state: string; said: string; private: boolean }

export interface HandInState {
  n: number;
  rows: HandInRow[];
  name: string;
  ticked: string[];
  file: string;
  handed: string;
  said: { ok: boolean; lines: string[]; missing?: string } | null;
}

export interface HandInSubmission { n: number; action: "look" | "hand in"; name: string; ticked: string[]; looking: boolean }
export type HandInModel = Model<{
  fixed: { id: string; due: string; due_text: string; words: Words };
  state: HandInState;
  submission: HandInSubmission | undefined;
}>;
