import { describe, expect, it } from 'vitest';
import { contractRows, contractTable, readVerdicts } from './contract-table.ts';

function report(server: string, tests: readonly (readonly [string[], string, string])[]): string {
  const assertionResults = tests.map(([blocks, title, status]) => ({
    ancestorTitles: [server, ...blocks],
    title,
    status,
  }));
  return JSON.stringify({ testResults: [{ assertionResults }] });
}

const embedded = readVerdicts(
  report('embedded', [
    [['listing'], 'pages', 'passed'],
    [['listing', 'by label'], 'selects', 'failed'],
    [['watching'], 'begins', 'passed'],
  ]),
);
const real = readVerdicts(
  report('real', [
    [['listing'], 'pages', 'passed'],
    [['listing', 'by label'], 'selects', 'passed'],
    [['watching'], 'begins', 'skipped'],
    [['watching'], 'ends', 'passed'],
  ]),
);

describe('the table of the contract', () => {
  it('tells an expectation by its area and its whole name', () => {
    expect([...(embedded.get('listing') ?? [])]).toEqual([
      ['pages', 'met'],
      ['by label › selects', 'not met'],
    ]);
  });

  it('counts expectations of one title apart', () => {
    const twice = report('embedded', [
      [['listing'], 'pages', 'passed'],
      [['listing'], 'pages', 'failed'],
    ]);
    expect([...(readVerdicts(twice).get('listing')?.values() ?? [])]).toEqual(['met', 'not met']);
  });

  it('counts what each server met, and what both did', () => {
    expect(contractRows([embedded, real])).toEqual([
      { area: 'listing', expectations: 2, met: [1, 2], metByAll: 1 },
      { area: 'watching', expectations: 2, met: [1, 1], metByAll: 0 },
    ]);
  });

  it('prints aligned columns and totals', () => {
    expect(contractTable(['embedded', 'real'], contractRows([embedded, real]))).toBe(
      [
        'area       expectations  embedded  real  both',
        'listing               2         1     2     1',
        'watching              2         1     1     0',
        'all areas             4         2     3     1',
      ].join('\n'),
    );
  });

  it('has no column for both when one server was asked', () => {
    expect(contractTable(['real'], contractRows([real]))).not.toContain('both');
  });

  it('refuses a report that is none', () => {
    expect(() => readVerdicts('{}')).toThrow('the report has no list "testResults"');
  });
});
