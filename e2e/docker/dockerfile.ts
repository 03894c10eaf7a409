/** One instruction of a Dockerfile: `COPY`, and what follows it on its line and those continued. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
  /** The stage it is in, by number: what is before the first FROM is in -1. */
  readonly stage: number;
}

/** As much of the Dockerfile's grammar as ours uses: comments, and lines continued with a backslash. */
export function readDockerfile(source: string): Instruction[] {
  const lines = source.split('\n').filter((line) => !line.startsWith('#'));
  let stage = -1;
  return lines
    .join('\n')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name = '', ...words] = line.trim().split(/\s+/);
      if (name === 'FROM') stage += 1;
      return { name, text: words.join(' '), stage };
    });
}

/** What `.dockerignore` leaves of a path: the last pattern that fits it, or a folder above it, decides. */
export function isInContext(ignore: string, path: string): boolean {
  const patterns = ignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  let included = true;
  for (const pattern of patterns) {
    const negated = pattern.startsWith('!');
    if (expression(negated ? pattern.slice(1) : pattern).test(path)) included = negated;
  }
  return included;
}

function expression(pattern: string): RegExp {
  const text = pattern
    .replaceAll('.', String.raw`\.`)
    .replaceAll('**/', '(?:.*/)?')
    .replaceAll(/(?<!\.)\*/g, '[^/]*');
  return new RegExp(`^${text}(?:/.*)?$`);
}
