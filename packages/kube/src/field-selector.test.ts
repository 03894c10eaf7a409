import { describe, expect, it } from 'vitest';
import { formatFieldSelector, matchesFields, parseFieldSelector } from './field-selector.ts';
import upstream from './testing/upstream/fields.json' with { type: 'json' };

function getFrom(fields: object): (path: string) => string | undefined {
  return (path) => new Map<string, string>(Object.entries(fields)).get(path);
}

describe('parseFieldSelector', () => {
  it('accepts, refuses and matches what Kubernetes does', () => {
    for (const { text, matches } of upstream.cases) {
      const result = parseFieldSelector(text);
      const ours = result.ok
        ? upstream.sets
            .map((set) => (matchesFields(result.selector, getFrom(set)) ? 'y' : 'n'))
            .join('')
        : undefined;
      expect([text, ours]).toEqual([text, matches]);
    }
  });

  it('takes blanks around a path away', () => {
    expect(parseFieldSelector('metadata.name=web, status.phase != Running')).toEqual({
      ok: true,
      selector: {
        requirements: [
          { path: 'metadata.name', operator: '=', value: 'web' },
          { path: 'status.phase', operator: '!=', value: ' Running' },
        ],
      },
    });
  });

  it('says what is wrong and where', () => {
    expect(parseFieldSelector('a=b,metadata.name')).toEqual({
      ok: false,
      position: 4,
      message: 'Found "metadata.name", expected field=value or field!=value.',
    });
    expect(parseFieldSelector('a=b=c')).toMatchObject({ ok: false, position: 3 });
    expect(parseFieldSelector('a=b\\')).toMatchObject({ ok: false, position: 3 });
  });
});

describe('formatFieldSelector', () => {
  it('writes what reads back as the same selector', () => {
    for (const { text } of upstream.cases.filter(({ matches }) => matches !== undefined)) {
      const first = parseFieldSelector(text);
      const written = first.ok ? formatFieldSelector(first.selector) : text;
      const second = parseFieldSelector(written);
      expect([text, second.ok && formatFieldSelector(second.selector)]).toEqual([text, written]);
      expect(second.ok && second.selector.requirements.length).toBe(
        first.ok && first.selector.requirements.length,
      );
    }
  });
});
