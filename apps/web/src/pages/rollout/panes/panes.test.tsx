import type { RolloutComparison, RolloutSummary } from '@kindscope/protocol';
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { clockTime } from '../../../ui/time.ts';
import { ComparePane } from './compare-pane.tsx';
import { EventsPane } from './events-pane.tsx';
import { FindingsPane } from './findings-pane.tsx';
import { LacksNotice, lacksText } from './lacks-notice.tsx';
import {
  aFinding,
  aNode,
  anEvent,
  nodesOf,
  now,
  pods,
  renderPane,
} from './testing/render-pane.tsx';

afterEach(cleanup);

const nodes = nodesOf(
  aNode('web'),
  aNode('web-rs', { parent: 'web' }),
  aNode('web-1', { parent: 'web-rs' }),
  aNode('web-2', { parent: 'web-rs' }),
);
const time = (at: number) => clockTime(new Date(at).toISOString());
const summary = (kind: RolloutSummary['state']['kind']): RolloutSummary => ({
  state: { kind, since: now, reason: '2 of 3 new pods never became ready' },
});

describe('why it is stuck', () => {
  const show = async (
    over: Partial<Parameters<typeof FindingsPane>[0]['rollout']>,
    onNode = (_uid: string) => {},
  ) => {
    const rollout = { summary: summary('stuck'), findings: [], nodes, ready: true, ...over };
    await renderPane(<FindingsPane rollout={rollout} onNode={onNode} />);
  };

  it('says each reason with its evidence, since when, its object and the line that shows more', async () => {
    const shown: string[] = [];
    await show({ findings: [aFinding()] }, (uid) => shown.push(uid));
    expect(screen.getByRole('heading', { name: 'Why it is stuck' })).toBeTruthy();
    expect(screen.getByText('2 of 3 new pods never became ready')).toBeTruthy();
    const line = screen.getByRole('listitem');
    expect(line.textContent).toContain('Stuck: web-1 restarts');
    expect(line.textContent).toContain(`Event ×5since ${time(now - 120_000)}`);
    expect(line.textContent).toContain('kubectl logs web-1 -n shop -c web --previous');
    expect(within(line).getByRole('link', { name: 'Pod web-1' }).getAttribute('href')).toBe(
      '/r/core/v1/pods/o/shop/web-1',
    );
    fireEvent.click(within(line).getByRole('button', { name: /restarts/u }));
    expect(shown).toEqual(['web-1']);
  });

  it('counts the objects for which the same holds, and leads to each', async () => {
    const shown: string[] = [];
    await show({ findings: [aFinding({ others: ['web-2'] })] }, (uid) => shown.push(uid));
    expect(screen.getByText('1 more object')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'web-2', hidden: true }));
    expect(shown).toEqual(['web-2']);
  });

  it('lists a hundred of thousands', async () => {
    const others = Array.from({ length: 1_999 }, (_, index) => `pod-${index}`);
    await show({ findings: [aFinding({ others })] });
    expect(screen.getByText('1,999 more objects')).toBeTruthy();
    expect(screen.getByText('and 1,899 more')).toBeTruthy();
  });

  it('says of a healthy one that nothing is stuck', async () => {
    await show({ summary: summary('healthy') });
    expect(screen.getByRole('heading', { name: 'Nothing is stuck' })).toBeTruthy();
  });

  it('does not say so of one that is stuck for no reason that is known', async () => {
    await show({});
    expect(screen.getByRole('heading', { name: 'It does not go on' })).toBeTruthy();
    expect(screen.queryByText(/Nothing is stuck/u)).toBeNull();
  });

  it('says nothing before it knows', async () => {
    await show({ summary: undefined, ready: false });
    expect(screen.getByRole('heading', { name: 'Waiting for the first answer' })).toBeTruthy();
  });

  it('asks what a rollout waits for that is under way', async () => {
    await show({
      summary: summary('progressing'),
      findings: [aFinding({ severity: 'waiting' })],
    });
    expect(screen.getByRole('heading', { name: 'What it waits for' })).toBeTruthy();
    expect(screen.getByRole('listitem').textContent).toContain('Waits: web-1');
  });
});

describe('Kubernetes Events', () => {
  const events = [
    anEvent('newest', { type: 'Warning', reason: 'BackOff', count: 5, last: now - 1_000 }),
    anEvent('other', { about: 'web-2' }),
    anEvent('whole', { about: 'web' }),
  ];
  const show = async (node: string | undefined, onNode = (_uid: string) => {}) => {
    const rollout = { events, nodes, ready: true };
    await renderPane(<EventsPane rollout={rollout} node={node} onNode={onNode} />);
  };
  const said = () => screen.queryAllByRole('listitem').map((line) => line.textContent ?? '');

  it('says of each how often, of what, when, and what it says', async () => {
    const shown: string[] = [];
    await show(undefined, (uid) => shown.push(uid));
    expect(said()).toHaveLength(3);
    const [newest] = said();
    for (const part of [
      time(now - 1_000),
      'Warning: BackOff',
      '×5',
      'It says newest.',
      'kubelet, node-3',
    ]) {
      expect(newest).toContain(part);
    }
    fireEvent.click(screen.getByRole('button', { name: 'web-2' }));
    expect(shown).toEqual(['web-2']);
  });

  it('shows those of the chosen object and what hangs under it, and all when asked', async () => {
    await show('web-rs');
    expect(said()).toHaveLength(2);
    fireEvent.click(screen.getByRole('button', { name: 'Of web-rs' }));
    expect(said()).toHaveLength(3);
  });

  it('does not narrow to the whole tree', async () => {
    await show('web');
    expect(said()).toHaveLength(3);
    expect(screen.queryByRole('button', { name: 'Of web' })).toBeNull();
  });

  it('shows the warnings alone when asked', async () => {
    await show(undefined);
    const button = screen.getByRole('button', { name: '1 warning' });
    fireEvent.click(button);
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(said()).toHaveLength(1);
  });

  it('says why there is none, and of what', async () => {
    const rollout = { events: [], nodes, ready: true };
    await renderPane(<EventsPane rollout={rollout} node="web-1" onNode={() => {}} />);
    expect(screen.getByRole('heading', { name: 'No Events of web-1' })).toBeTruthy();
  });

  it('shows a hundred, and the rest when asked', async () => {
    const many = Array.from({ length: 250 }, (_, index) => anEvent(`e${index}`));
    const rollout = { events: many, nodes, ready: true };
    await renderPane(<EventsPane rollout={rollout} node={undefined} onNode={() => {}} />);
    expect(said()).toHaveLength(100);
    fireEvent.click(screen.getByRole('button', { name: 'Show 100 of 150 older ones' }));
    expect(said()).toHaveLength(200);
  });
});

describe('compared with the rollout before', () => {
  const comparison: RolloutComparison = {
    runs: [
      {
        revision: '14',
        started: now - 300_000,
        outcome: 'under way',
        steps: [{ at: now - 288_000, text: 'Step 1 of 6: setWeight 20' }],
      },
      {
        revision: '13',
        started: now - 4_000_000,
        ended: now - 3_880_000,
        outcome: 'healthy',
        steps: [],
      },
      { revision: '12', outcome: 'unknown', steps: [] },
    ],
    spec: [
      { path: 'spec.template.spec.containers[name=web].image', before: 'web:1', after: 'web:2' },
    ],
    lacks: ['Nobody watched revision 12.'],
  };
  const show = (body: unknown) =>
    renderPane(<ComparePane resource={pods} namespace="shop" name="web" />, body);
  const column = async (name: string) => (await screen.findByRole('region', { name })).textContent;

  it('says of both how long, how it ended and which steps', async () => {
    const { asked } = await show(comparison);
    const newest = await column('This rollout');
    expect(newest).toContain('revision 14Under way5 min');
    expect(newest).toContain('+12 sStep 1 of 6: setWeight 20');
    expect(await column('The one before')).toContain('revision 13Healthy2 min');
    expect(screen.getByText('3 min longer')).toBeTruthy();
    expect(asked[0]).toBe('api/v1/resources/core/v1/pods/objects/shop/web/rollouts');
  });

  it('says of one that nobody watched that its end was not seen, and compares no lengths', async () => {
    const [newest] = comparison.runs;
    const before = { revision: '13', started: now - 345_600_000, outcome: 'unknown', steps: [] };
    const lacks = ['Nobody watched the rollout before this one: how it went is not known.'];
    const { container } = await show({ ...comparison, runs: [newest, before], lacks });
    expect(await column('The one before')).toMatch(
      /^The one beforerevision 13Nobody watched it endfrom .*None of its steps was seen\.$/u,
    );
    expect(await column('This rollout')).toContain('revision 14Under way5 min');
    expect(container.textContent).not.toMatch(/longer|shorter|just as long|took|4 d/u);
    expect(screen.getByText(lacks[0] ?? '')).toBeTruthy();
  });

  it('shows what the spec changed, field by field, and what is lacking', async () => {
    await show(comparison);
    const spec = await screen.findByRole('region', { name: 'What it changed in the spec' });
    expect(spec.textContent).toContain('spec.template.spec.containers[name=web].image');
    expect(spec.textContent).toContain('web:1');
    expect(screen.getByText('Nobody watched revision 12.')).toBeTruthy();
    expect(screen.getByText('revision 12').closest('li')?.textContent).toContain(
      'Nobody watched it end',
    );
  });

  it('shows no difference where one of the two specs is not known', async () => {
    const { spec: _, ...rest } = comparison;
    await show(rest);
    await column('This rollout');
    expect(screen.queryByRole('region', { name: 'What it changed in the spec' })).toBeNull();
  });

  it('says that there is none before the first', async () => {
    await show({ runs: comparison.runs.slice(0, 1), lacks: [] });
    await column('This rollout');
    expect(screen.getByText('There is no rollout before this one')).toBeTruthy();
  });

  it('says that none is known', async () => {
    await show({ runs: [], lacks: ['It has no template.'] });
    expect(await screen.findByText('No rollout of it is known')).toBeTruthy();
    expect(screen.getByText('It has no template.')).toBeTruthy();
  });
});

describe('what is lacking', () => {
  const lack = (resource: string, code = 'forbidden') => ({
    resource: { group: '', version: 'v1', resource },
    fault: { code, detail: `${resource} are not listed.`, remedy: `Allow ${resource}.` },
  });

  it('says nothing where nothing is', async () => {
    const { container } = await renderPane(<LacksNotice lacks={[]} />);
    expect(container.textContent).toBe('');
  });

  it('says one lack whole, with its remedy', async () => {
    await renderPane(<LacksNotice lacks={[lack('secrets')]} />);
    expect(screen.getByRole('note').textContent).toBe('secrets are not listed. Allow secrets.');
  });

  it('names the kinds of many in one line, and each in full below', async () => {
    const lacks = [lack('secrets'), lack('events'), lack('widgets', 'watch-limit')];
    await renderPane(<LacksNotice lacks={lacks} />);
    expect(
      screen.getByText(
        'This may not be all: 2 kinds may not be listed (secrets, events), 1 more reason',
      ),
    ).toBeTruthy();
    expect(screen.getByRole('note').textContent).toContain('Allow widgets.');
  });

  it('names six and counts the others', () => {
    const many = Array.from({ length: 9 }, (_, index) => lack(`k${index}`));
    expect(lacksText(many)).toBe(
      'This may not be all: 9 kinds may not be listed (k0, k1, k2, k3, k4, k5 and 3 more)',
    );
    expect(lacksText([lack('a', 'timeout'), lack('b', 'timeout')])).toBe(
      'This may not be all: 2 reasons',
    );
  });
});
