import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fieldGrammar } from './field-grammar.ts';
import { labelGrammar, type LabelFacet } from './label-grammar.ts';
import { SelectorBar } from './selector-bar.tsx';

const labels: LabelFacet[] = [
  {
    key: 'app',
    count: 35,
    values: [
      { value: 'checkout', count: 2 },
      { value: 'cart', count: 1 },
    ],
  },
  {
    key: 'tier',
    count: 30,
    values: [
      { value: 'web', count: 20 },
      { value: 'api', count: 10 },
    ],
  },
  { key: 'app.kubernetes.io/name', count: 35, values: [] },
];

beforeEach(() => {
  Element.prototype.scrollIntoView = () => {};
});
afterEach(cleanup);

/** A bar that keeps what it applies, as the page does in its URL. */
function show(value = '', grammar = labelGrammar(labels)) {
  const applied = vi.fn<(text: string) => void>();
  function Page() {
    const [text, setText] = useState(value);
    return (
      <SelectorBar
        label="Labels"
        placeholder="app=web"
        grammar={grammar}
        value={text}
        onApply={(next) => {
          applied(next);
          setText(next);
        }}
      />
    );
  }
  render(<Page />);
  return applied;
}

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Labels' });
const type = (text: string) =>
  fireEvent.change(field(), { target: { value: text, selectionStart: text.length } });
const press = (...keys: string[]) => keys.forEach((key) => fireEvent.keyDown(field(), { key }));
const tokens = () =>
  screen.queryAllByRole('button', { name: /^Edit /u }).map((token) => token.textContent);
const options = () =>
  screen.queryAllByRole('option').map((option) => option.firstElementChild?.textContent);

describe('a selector as tokens', () => {
  it('shows each term of the whole grammar, what is grammar set apart', () => {
    show('tier in (web,api),!canary,app=checkout,weight>5,beta,env notin (dev),region!=eu');
    expect(tokens()).toEqual([
      'tierin(web,api)',
      '!canary',
      'app=checkout',
      'weight>5',
      'beta',
      'envnotin(dev)',
      'region!=eu',
    ]);
  });

  it('removes one with its button, and the last one comes back into the text with Backspace', () => {
    const applied = show('app=cart,tier=web');
    fireEvent.click(screen.getByRole('button', { name: 'Remove app=cart' }));
    expect(applied).toHaveBeenLastCalledWith('tier=web');
    press('Backspace');
    expect(field().value).toBe('tier=web');
    type('tier=api');
    press('Enter');
    expect(applied).toHaveBeenLastCalledWith('tier=api');
  });

  it('edits one in its place, and Escape leaves it as it was', () => {
    const applied = show('app=cart,tier=web');
    fireEvent.click(screen.getByRole('button', { name: 'Edit app=cart' }));
    expect(field().value).toBe('app=cart');
    press('Escape');
    expect(tokens()).toEqual(['app=cart', 'tier=web']);
    fireEvent.click(screen.getByRole('button', { name: 'Edit app=cart' }));
    type('app=checkout');
    press('Enter');
    expect(applied.mock.calls).toEqual([['app=checkout,tier=web']]);
  });

  it('clears all of it', () => {
    const applied = show('app=cart,tier=web');
    fireEvent.click(screen.getByRole('button', { name: 'Clear labels' }));
    expect(applied).toHaveBeenLastCalledWith('');
    expect(tokens()).toEqual([]);
  });
});

describe('what is typed', () => {
  it('is applied with Enter, with a comma that ends a term, and when the field is left', () => {
    const applied = show();
    type('app=cart');
    expect(applied).not.toHaveBeenCalled();
    press('Enter');
    expect(applied).toHaveBeenLastCalledWith('app=cart');
    type('tier=web,');
    expect(applied).toHaveBeenLastCalledWith('app=cart,tier=web');
    type('!canary');
    fireEvent.blur(field());
    expect(applied).toHaveBeenLastCalledWith('app=cart,tier=web,!canary');
  });

  it('does not end a term at a comma between parentheses', () => {
    const applied = show();
    type('tier in (web,');
    expect(field().value).toBe('tier in (web,');
    type('tier in (web,api)');
    press('Enter');
    expect(applied.mock.calls).toEqual([['tier in (api,web)']]);
  });

  it('can be several terms at once, as pasted', () => {
    const applied = show();
    type('app=cart, tier in (web), !canary');
    press('Enter');
    expect(applied.mock.calls).toEqual([['app=cart,tier in (web),!canary']]);
  });

  it('is not applied while it is invalid: the field is marked, and the message says where', () => {
    const applied = show('tier=web');
    type('app==)');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    const alert = screen.getByRole('alert');
    expect(alert.textContent).toContain('Position 5');
    expect(field().getAttribute('aria-describedby')).toBe(alert.id);
    press('Enter');
    fireEvent.blur(field());
    expect(applied).not.toHaveBeenCalled();
    expect(tokens()).toEqual(['tier=web']);
  });

  it('is no error while it is merely unfinished, and one when it is applied so', () => {
    show();
    type('tier in (web');
    expect(field().getAttribute('aria-invalid')).toBe('false');
    press('Enter');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toContain('the end of the selector');
  });

  it('is no error while a word that may stand there is begun', () => {
    show();
    type('tier i');
    expect(field().getAttribute('aria-invalid')).toBe('false');
    expect(screen.getByRole('option', { name: /^in/u })).toBeTruthy();
    type('tier x');
    expect(field().getAttribute('aria-invalid')).toBe('true');
  });

  it('from a link that cannot be read stands in the field, marked, to be mended', () => {
    const applied = show('app in web');
    expect(field().value).toBe('app in web');
    expect(field().getAttribute('aria-invalid')).toBe('true');
    fireEvent.focus(field());
    expect(screen.getByRole('alert')).toBeTruthy();
    type('app in (web)');
    press('Enter');
    expect(applied.mock.calls).toEqual([['app in (web)']]);
  });
});

describe('completion', () => {
  it('offers keys, then operators, then values, chosen with arrows and Enter', () => {
    const applied = show();
    type('ti');
    expect(options()).toEqual(['tier']);
    press('ArrowDown', 'Enter');
    expect(field().value).toBe('tier');
    expect(options().slice(0, 4)).toEqual(['=', '!=', 'in', 'notin']);
    press('ArrowDown', 'Enter');
    expect(field().value).toBe('tier=');
    expect(options()).toEqual(['web', 'api']);
    press('ArrowDown', 'ArrowDown', 'Enter');
    expect(applied.mock.calls).toEqual([['tier=api']]);
    expect(field().value).toBe('');
  });

  it('goes through a set, and does not offer a value twice', () => {
    const applied = show();
    type('tier in (');
    press('ArrowDown', 'Enter');
    expect(field().value).toBe('tier in (web');
    expect(options()).toContain(',');
    fireEvent.mouseDown(screen.getByRole('option', { name: /^,/u }));
    expect(options()).toEqual(['api']);
    press('ArrowDown', 'Enter');
    fireEvent.mouseDown(screen.getByRole('option', { name: /^\)/u }));
    expect(applied.mock.calls).toEqual([['tier in (api,web)']]);
  });

  it('says how many objects have a key or a value', () => {
    show();
    type('app');
    expect(
      screen.getByRole('option', { name: /app\.kubernetes\.io\/name/u }).textContent,
    ).toContain('35 objects');
  });

  it('is a combobox with a list box: the active option is named, Escape closes it', () => {
    show();
    type('ap');
    expect(field().getAttribute('aria-expanded')).toBe('true');
    const list = screen.getByRole('listbox', { name: 'Label keys' });
    expect(field().getAttribute('aria-controls')).toBe(list.id);
    press('ArrowUp');
    const active = within(list)
      .getAllByRole('option')
      .find((option) => option.getAttribute('aria-selected') === 'true');
    expect(active?.id).toBe(field().getAttribute('aria-activedescendant'));
    press('Escape');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(field().value).toBe('ap');
    press('Escape');
    expect(field().value).toBe('');
  });

  it('takes a key after ! as a whole term', () => {
    const applied = show();
    type('!ap');
    press('ArrowDown', 'Enter');
    expect(applied.mock.calls).toEqual([['!app']]);
  });
});

describe('a field selector', () => {
  const fields = fieldGrammar(['metadata.name', 'metadata.namespace']);

  it('completes the fields that there are', () => {
    const applied = show('', fields);
    type('na');
    expect(options()).toEqual(['metadata.name', 'metadata.namespace']);
    press('ArrowDown', 'Enter');
    expect(field().value).toBe('metadata.name=');
    type('metadata.name=checkout');
    press('Enter');
    expect(applied.mock.calls).toEqual([['metadata.name=checkout']]);
  });

  it('refuses another field, and names those that there are', () => {
    const applied = show('', fields);
    type('spec.nodeName=a');
    expect(screen.getByRole('alert').textContent).toContain('metadata.name, metadata.namespace');
    press('Enter');
    expect(applied).not.toHaveBeenCalled();
  });
});
