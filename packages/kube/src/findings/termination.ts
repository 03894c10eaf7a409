import type { Termination } from './container-state.ts';
import { quoted } from './wording.ts';

/** `exit 1, “DATABASE_URL is not set”`; a reason that says no more than the code is left out. */
export function describeEnd({ exitCode, reason, message }: Termination): string {
  const parts = [
    `exit ${exitCode}`,
    ...(reason === '' || reason === 'Error' ? [] : [reason]),
    ...(message.trim() === '' ? [] : [quoted(message)]),
  ];
  return parts.join(', ');
}
