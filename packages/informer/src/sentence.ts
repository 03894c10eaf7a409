/** What a program said, as one sentence on one line. */
export function sentence(text: string): string {
  const line = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!:;,\s]+$/, '');
  return line === '' ? '' : `${line}.`;
}
