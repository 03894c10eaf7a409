import type { Exception } from './exceptions.ts';
import { exceptions } from './exceptions.ts';
import type { Outcome } from './transcript.ts';

/** Two texts that are the same when both servers answered alike, exceptions aside. */
export interface Comparison {
  readonly embedded: string;
  readonly real: string;
}

/** Puts the outcomes of one script on both servers side by side, with what is excepted taken out. */
export function compare(embedded: readonly Outcome[], real: readonly Outcome[]): Comparison {
  const pairs = real.map(({ step, text }, index) => {
    const ours = embedded[index]?.text ?? '';
    return step.except === undefined
      ? [ours, text]
      : except(step.except, exceptions[step.except], ours, text);
  });
  return {
    embedded: pairs.map(([ours]) => ours).join('\n'),
    real: pairs.map(([, theirs]) => theirs).join('\n'),
  };
}

/** An exception that makes no difference any more must go: it could hide one that nobody knows of. */
function except(
  name: string,
  { drop }: Exception,
  embedded: string,
  real: string,
): readonly [string, string] {
  if (embedded === real) return [`${embedded}the exception "${name}" is not needed here\n`, real];
  const keep = (text: string, wanted: (line: string) => boolean): string =>
    text.split('\n').filter(wanted).join('\n');
  if (drop !== undefined) {
    return [keep(embedded, (line) => !drop.test(line)), keep(real, (line) => !drop.test(line))];
  }
  const ours = new Set(embedded.split('\n'));
  return [embedded, keep(real, (line) => ours.has(line))];
}
