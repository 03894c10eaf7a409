import type { ResourceRef } from '@kindscope/protocol';
import { useState } from 'react';
import type { ColumnChoice } from './table/column-fit.ts';

/** Which columns a person turned on or off for a resource; kept in this browser, for all its versions. */
export function useColumnChoice(
  resource: ResourceRef,
): readonly [ColumnChoice, (choice: ColumnChoice) => void] {
  const key = `kindscope.columns.${resource.group}/${resource.resource}`;
  const [choice, setChoice] = useState(() => read(key));
  return [
    choice,
    (next) => {
      setChoice(next);
      write(key, next);
    },
  ];
}

function read(key: string): ColumnChoice {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter(
        (entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
      ),
    );
  } catch {
    // A browser that keeps nothing, or something else under our name: as if nothing was chosen.
    return {};
  }
}

function write(key: string, choice: ColumnChoice): void {
  try {
    localStorage.setItem(key, JSON.stringify(choice));
  } catch {
    // It holds for this page then.
  }
}
