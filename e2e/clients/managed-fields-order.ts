/**
 * The text with the entries of each `managedFields` in one order, in YAML and in indented JSON. Kubernetes sorts them by
 * time, to the second: who comes first depends on whether a second has passed between two writes.
 */
export function sortManagedFields(text: string): string {
  const lines = text.split('\n');
  const result: string[] = [];
  for (let index = 0; index < lines.length;) {
    const line = lines[index] ?? '';
    result.push(line);
    index += 1;
    const start = /^( *)(?:managedFields:|"managedFields": \[)$/.exec(line);
    if (start === null) continue;
    const indent = start[1] ?? '';
    const json = line.endsWith('[');
    const end = lines.findIndex((each, at) => at >= index && !isInside(each, indent, json));
    const block = lines.slice(index, end === -1 ? lines.length : end);
    result.push(...sorted(block, json));
    index += block.length;
  }
  return result.join('\n');
}

/** Whether a line belongs to the list: in YAML its items may stand as far left as its name. */
function isInside(line: string, indent: string, json: boolean): boolean {
  return line.startsWith(`${indent} `) || (!json && line.startsWith(`${indent}- `));
}

function sorted(block: readonly string[], json: boolean): readonly string[] {
  const first = /^ */.exec(block[0] ?? '')?.[0] ?? '';
  const opening = json ? `${first}{` : `${first}- `;
  const entries: string[][] = [];
  for (const line of block) {
    if (line.startsWith(opening)) entries.push([]);
    entries.at(-1)?.push(line);
  }
  const texts = entries.map((entry) => entry.join('\n').replace(/,$/, ''));
  return texts
    .sort()
    .join(json ? ',\n' : '\n')
    .split('\n');
}
