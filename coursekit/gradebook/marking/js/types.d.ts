// The shapes that pass between Python and the marking page (coursekit/gradebook/marking/view.py), and between its modules.

import type { Model, Words } from "../../../page/js/types";

export interface Act { do: string; level?: number; key?: string; comment?: string }
export type MarkingModel = Model<{ view: View; act: Act & { n: number; unit: string | undefined } }>;

export interface View {
  n: number;
  words: Words;
  title: string;
  about: string;
  unit: Unit | null;
  question: Question | null;
  progress: Progress | null;
  nothing: string;
  finished: boolean;
  then: string;
  agreements: string[];
  saved: string;
  said: string;
  trouble: string;
}

export interface Text { key: string; text: string; learners: number; level: number | null }

/** One text, or a group of texts that are alike, at one criterion. */
export interface Unit {
  id: string;
  texts: Text[];
  size: number;
  learners: number;
  inside: boolean;
  hidden: number;
  level: number | null;
  comment: string;
  bank: string[];
  given: { level: number; comment: string }[];
  decide: boolean;
}

export interface Anchor { level: number; text: string; why: string }

export interface Question {
  id: string;
  title: string;
  prompt: string;
  criterion: { id: string; text: string };
  number: number;
  of: number;
  levels: { level: number; text: string }[];
  anchors: Anchor[];
}

export interface Progress { done: number; all: number; done_all: number; all_all: number; open: number; minutes: number | null }

/** What the parts of the page may ask for. */
export interface Desk {
  word(key: string, values?: Record<string, any>): string;
  send(act: Act): void;
  keep(): void;
  refresh(): void;
}
