// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { objectOf, objectParams, resourceOf, resourceParams } from './links.ts';
import {
  catalogueSearch,
  formatSort,
  parseSearch,
  parseSort,
  resourceSearch,
  stringifySearch,
} from './search.ts';

describe('search parameters', () => {
  it('come back as they went, numbers and words alike as text', () => {
    const search = { namespace: '123', labels: 'app in (web,api),!canary', sort: '-true' };
    expect(resourceSearch(parseSearch(stringifySearch(search)))).toEqual(search);
  });

  it('leave out what is empty or not theirs', () => {
    expect(stringifySearch({ q: '', show: undefined })).toBe('');
    expect(catalogueSearch({ q: 7, show: 'everything', other: 'x' })).toEqual({});
    expect(catalogueSearch({ show: 'built-in' })).toEqual({ show: 'built-in' });
  });

  it('write a sort as a column, a minus before it for descending', () => {
    expect(parseSort('-changed')).toEqual({ column: 'changed', descending: true });
    expect(parseSort('name')).toEqual({ column: 'name' });
    expect(parseSort('-')).toBeUndefined();
    expect(formatSort(parseSort('-changed'))).toBe('-changed');
    expect(formatSort(undefined)).toBeUndefined();
  });
});

describe('links', () => {
  it('write the core group and the namespace of a cluster-scoped object as URLs do', () => {
    const nodes = { group: '', version: 'v1', resource: 'nodes' };
    expect(objectParams(nodes, '', 'one')).toMatchObject({ group: 'core', namespace: '_' });
    expect(resourceOf(resourceParams(nodes))).toEqual(nodes);
    expect(objectOf(objectParams(nodes, '', 'one'))).toEqual({ namespace: '', name: 'one' });
  });
});
