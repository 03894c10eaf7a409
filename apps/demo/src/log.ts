import type { Log } from '@kindscope/informer';

/** Says only what is wrong: on standard error, one line each. */
export function createErrorLog(write: (line: string) => void): Log {
  const say = (fields: object, message: string): void =>
    write(`kindscope demo: ${message} ${JSON.stringify(fields, errorsAsText)}\n`);
  const ignore = (): void => undefined;
  return { debug: ignore, info: ignore, warn: ignore, error: say };
}

function errorsAsText(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.stack : value;
}
