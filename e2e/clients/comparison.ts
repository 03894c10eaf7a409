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
  { compare }: Exception,
  embedded: string,
  real: string,
): readonly [string, string] {
  if (embedded === real) return [`${embedded}the exception "${name}" is not needed here\n`, real];
  if (compare === 'unordered') return [unordered(embedded), unordered(real)];
  if (compare === 'subset') {
    const ours = new Set(embedded.split('\n'));
    return [embedded, keep(real, (line) => ours.has(line))];
  }
  const counts = (line: string): boolean => !compare.test(line);
  return [keep(embedded, counts), keep(real, counts)];
}

function keep(text: string, wanted: (line: string) => boolean): string {
  return text.split('\n').filter(wanted).join('\n');
}

/** Each line as the pieces of JSON that it is made of, sorted. */
function unordered(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .split(/[{}[\],]/)
        .sort()
        .join(','),
    )
    .join('\n');
}
