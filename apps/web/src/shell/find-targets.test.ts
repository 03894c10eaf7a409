// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { resourceInfo } from '../testing/resource-info.ts';
import { findTargets } from './find-targets.ts';

const virtualService = resourceInfo({
  group: 'networking.istio.io',
  resource: 'virtualservices',
  kind: 'VirtualService',
  shortNames: ['vs'],
});
const service = resourceInfo({
  group: '',
  resource: 'services',
  kind: 'Service',
  shortNames: ['svc'],
  crd: undefined,
});
const review = resourceInfo({ resource: 'tokenreviews', kind: 'TokenReview', verbs: ['create'] });
const items = [service, virtualService, review];

function found(typed: string) {
  return findTargets(items, typed).map(({ label }) => label);
}

describe('going somewhere', () => {
  it('starts with the pages and every kind that has objects', () => {
    expect(found('')).toEqual([
      'Catalogue',
      'Timeline',
      'Rollouts',
      'Status',
      'VirtualService',
      'Service',
    ]);
  });

  it('puts the name that was typed before those that contain it', () => {
    expect(found('service')).toEqual(['Service', 'VirtualService']);
    expect(found('vs')).toEqual(['VirtualService']);
    expect(found('virtualservices.networking.istio.io')).toEqual(['VirtualService']);
  });

  it('puts what is watched first among equals', () => {
    const watched = resourceInfo({ ...service, watch: 'live' });
    expect(findTargets([virtualService, watched], 'serv')[0]?.label).toBe('Service');
  });

  it('finds by letters left out, and by words', () => {
    expect(found('virtsrv')).toEqual(['VirtualService']);
    expect(found('istio virtual')).toEqual(['VirtualService']);
    expect(found('xyz')).toEqual([]);
  });
});
