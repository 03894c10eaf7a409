/**
 * An expected failure of the control plane: one line that names what went wrong, and one that says what to do about it.
 * Anything else that is thrown here is a bug.
 */
export class ControlPlaneError extends Error {
  readonly remedy: string | undefined;

  constructor(message: string, remedy?: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ControlPlaneError';
    this.remedy = remedy;
  }
}

/** The text of whatever was thrown, without a stack. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node system error (`ENOENT`, `ESRCH` …), if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
