import { expect, it } from 'vitest';
import { nearestNames } from './nearest-names.ts';

const names = ['pods', 'podtemplates', 'rollouts', 'rolebindings', 'applications'];

it('finds what a typing mistake may have meant, the nearest first', () => {
  expect(nearestNames('pdos', names)).toEqual(['pods']);
  expect(nearestNames('rollout', names)).toEqual(['rollouts']);
  expect(nearestNames('aplications', names)).toEqual(['applications']);
  expect(nearestNames('ROLLOUTS', names)).toEqual(['rollouts']);
});

it('finds what begins with it, and nothing that is far from it', () => {
  expect(nearestNames('po', names)).toEqual(['pods', 'podtemplates']);
  expect(nearestNames('x', names)).toEqual([]);
  expect(nearestNames('deployments', names)).toEqual([]);
});

it('names no more than was asked for, and nothing twice', () => {
  expect(nearestNames('ab', ['ab1', 'ab1', 'ab2', 'ab3', 'ab4'], 2)).toEqual(['ab1', 'ab2']);
});
