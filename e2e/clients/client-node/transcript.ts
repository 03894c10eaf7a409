import { ApiException } from '@kubernetes/client-node';

/** Prints a title and, below it, a value as JSON with sorted keys. */
export function say(title: string, value: unknown): void {
  console.log(`${title}\n${JSON.stringify(sorted(value), undefined, 2)}`);
}

/** Prints what a call came to: its value, or the status the server answered. */
export async function outcome<T>(title: string, call: Promise<T>): Promise<T | undefined> {
  try {
    const value = await call;
    say(title, value);
    return value;
  } catch (error) {
    if (!(error instanceof ApiException)) throw error;
    const body: unknown = error.body;
    say(`${title} is refused with ${error.code}`, typeof body === 'string' ? parsed(body) : body);
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]),
  );
}
