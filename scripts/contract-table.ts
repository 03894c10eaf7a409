/** Whether a server met one expectation; `left out` is a test that did not run. */
export type Verdict = 'met' | 'not met' | 'left out';

/** What one server did: area → expectation → verdict, in the suite's order. */
export type ServerVerdicts = ReadonlyMap<string, ReadonlyMap<string, Verdict>>;

/**
 * @param report what vitest's JSON reporter wrote of the contract suite: each test's first block is
 *   the server, its second the area, the rest of its name the expectation.
 * @throws when the text is no such report.
 */
export function readVerdicts(report: string): ServerVerdicts {
  const areas = new Map<string, Map<string, Verdict>>();
  for (const file of listOf(JSON.parse(report), 'testResults')) {
    for (const test of listOf(file, 'assertionResults')) {
      const [, area = 'elsewhere', ...blocks] = listOf(test, 'ancestorTitles').map(String);
      const verdicts = areas.get(area) ?? new Map<string, Verdict>();
      let expectation = [...blocks, String(fieldOf(test, 'title'))].join(' › ');
      // Cases of one table may have the same title: each counts.
      while (verdicts.has(expectation)) expectation += ' (again)';
      areas.set(area, verdicts.set(expectation, verdictOf(fieldOf(test, 'status'))));
    }
  }
  return areas;
}

function verdictOf(status: unknown): Verdict {
  if (status === 'passed') return 'met';
  return status === 'failed' ? 'not met' : 'left out';
}

/** One line of the table: how many expectations of an area each server met, and all of them. */
export interface ContractRow {
  readonly area: string;
  readonly expectations: number;
  readonly met: readonly number[];
  /** How many all the servers met. */
  readonly metByAll: number;
}

/** @returns a row for each area that any server was tried on. */
export function contractRows(servers: readonly ServerVerdicts[]): ContractRow[] {
  const areas = new Set(servers.flatMap((areasOf) => [...areasOf.keys()]));
  return [...areas].map((area) => {
    const names = new Set(servers.flatMap((areasOf) => [...(areasOf.get(area)?.keys() ?? [])]));
    const isMet = (server: ServerVerdicts, name: string): boolean =>
      server.get(area)?.get(name) === 'met';
    return {
      area,
      expectations: names.size,
      met: servers.map((server) => [...names].filter((name) => isMet(server, name)).length),
      metByAll: [...names].filter((name) => servers.every((server) => isMet(server, name))).length,
    };
  });
}

/** @returns the table as text, with a closing line of totals. */
export function contractTable(titles: readonly string[], rows: readonly ContractRow[]): string {
  const all = titles.length > 1;
  const sum = (count: (row: ContractRow) => number): number =>
    rows.reduce((total, row) => total + count(row), 0);
  const total: ContractRow = {
    area: 'all areas',
    expectations: sum((row) => row.expectations),
    met: titles.map((_, index) => sum((row) => row.met[index] ?? 0)),
    metByAll: sum((row) => row.metByAll),
  };
  const lines = [
    ['area', 'expectations', ...titles, ...(all ? ['both'] : [])],
    ...[...rows, total].map((row) =>
      [row.area, row.expectations, ...row.met, ...(all ? [row.metByAll] : [])].map(String),
    ),
  ];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name);
  if (!Array.isArray(list)) throw new Error(`the report has no list "${name}"`);
  return list;
}
