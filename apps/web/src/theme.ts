import { useSyncExternalStore } from 'react';

/** `system` follows the machine's own setting. */
export type Theme = 'light' | 'dark' | 'system';

/** Also read by public/theme.js, before the first paint. */
const storageKey = 'kindscope.theme';
const listeners = new Set<() => void>();
const system = () => window.matchMedia('(prefers-color-scheme: dark)');

/** The chosen theme, and a way to choose. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, chosenTheme), chooseTheme];
}

/** Follows the system, and what is chosen in other tabs, for as long as the page lives. */
export function followTheme(): void {
  system().addEventListener('change', apply);
  window.addEventListener('storage', (event) => {
    if (event.key === storageKey) apply();
  });
}

function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // Storage may be switched off: then it holds until the page is left.
    document.documentElement.dataset['theme'] = theme === 'system' ? systemTheme() : theme;
    return;
  }
  apply();
}

function chosenTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

function systemTheme(): 'light' | 'dark' {
  return system().matches ? 'dark' : 'light';
}

function apply(): void {
  const theme = chosenTheme();
  document.documentElement.dataset['theme'] = theme === 'system' ? systemTheme() : theme;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
