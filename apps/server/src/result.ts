import type { Fault } from '@kindscope/protocol';

/** An outcome that may fail in an expected way: the failure is a value, said for people. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

export function success<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failure(fault: Fault): Result<never> {
  return { ok: false, fault };
}
