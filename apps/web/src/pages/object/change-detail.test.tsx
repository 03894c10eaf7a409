import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { aChange } from '../../ui/changes/testing.ts';
import { ChangeDetail } from './change-detail.tsx';

afterEach(cleanup);

const detail = (facts: Parameters<typeof aChange>[0]) => {
  render(<ChangeDetail change={aChange(facts)} heading="What differs" />);
  return screen.getByRole('region', { name: 'The change' }).textContent;
};

describe('a change in detail', () => {
  it('says that nothing differs where nothing does', () => {
    const said = detail({ classes: ['metadata'], fields: [] });
    expect(said).toContain('no field differs');
    expect(said).not.toContain('the whole object');
    expect(said).not.toContain('Labels, annotations');
  });

  it.each(['created', 'deleted'] as const)('takes the whole object for what was %s', (name) => {
    expect(detail({ classes: [name], fields: [] })).toContain('the whole object');
  });

  it('counts fields and managers', () => {
    const fields = [{ path: 'spec.replicas', before: 2, after: 5 }];
    expect(detail({ classes: ['spec'], fields, omitted: 2 })).toContain('3 fields');
  });
});
