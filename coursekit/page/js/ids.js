// @ts-check

/**
 * A beginning for ids that no other form on the page has. A counter would not do: two kernels in one window may each have brought a
 * copy of this file.
 */
export const newPrefix = () => `ck${Math.random().toString(36).slice(2)}`;

/** Sixteen letters that no other submission has, by which Python knows a repeat. */
export function newSubmissionId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
