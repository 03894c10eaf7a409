import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestLive } from '../live/testing/fake-server.ts';
import { NoticesProvider } from './notices-context.ts';
import type { Permission } from './notifier.ts';
import { NotifyButton } from './notify-button.tsx';
import { createWatchedRollouts, mostWatched } from './watched-rollouts.ts';

afterEach(cleanup);

const resource = { group: 'apps', version: 'v1', resource: 'deployments' };
const web = { resource, namespace: 'shop', name: 'web' };

function show(permission: Permission) {
  let asked = 0;
  const ask = () => {
    asked += 1;
    return Promise.resolve(permission);
  };
  const watched = createWatchedRollouts({
    live: createTestLive().store,
    storage: { getItem: () => null, setItem: () => {} },
    tell: () => {},
  });
  render(
    <NoticesProvider value={{ watched, notifier: { ask } }}>
      <NotifyButton rollout={web} />
    </NoticesProvider>,
  );
  const button = screen.getByRole('button', { name: 'Notify me' });
  const click = () => act(async () => fireEvent.click(button));
  return { watched, button, click, asked: () => asked };
}

describe('the button for notifications', () => {
  it('asks the browser only when it is clicked', async () => {
    const { asked, click } = show('granted');
    expect(asked()).toBe(0);
    await click();
    expect(asked()).toBe(1);
  });

  it('watches the rollout once that is allowed, and no longer at the next click', async () => {
    const { watched, button, click } = show('granted');
    await click();
    expect(watched.snapshot()).toEqual([web]);
    expect(button.getAttribute('aria-pressed')).toBe('true');
    await click();
    expect(watched.snapshot()).toEqual([]);
    expect(button.getAttribute('aria-pressed')).toBe('false');
  });

  it.each([
    ['denied', 'does not allow'],
    ['default', 'nobody has answered'],
    ['unsupported', 'https'],
  ] as const)('says why it cannot when the answer is %s', async (permission, said) => {
    const { watched, click } = show(permission);
    await click();
    expect(screen.getByRole('alert').textContent).toContain(said);
    expect(watched.snapshot()).toEqual([]);
  });

  it('says so when there are too many', async () => {
    const { watched, click } = show('granted');
    act(() => {
      for (let index = 0; index < mostWatched; index += 1) {
        watched.add({ ...web, name: `web-${index}` });
      }
    });
    await click();
    expect(screen.getByRole('alert').textContent).toContain(`${mostWatched} rollouts`);
  });
});
