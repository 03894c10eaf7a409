import type { Facets } from '@kindscope/protocol';
import { useMemo, type ReactNode } from 'react';
import { wholeNumber } from '../../ui/number.ts';
import { PickOne, type PickOption } from '../../ui/pick-one.tsx';
import { fieldGrammar } from '../../ui/selector/field-grammar.ts';
import { labelGrammar } from '../../ui/selector/label-grammar.ts';
import { SelectorBar } from '../../ui/selector/selector-bar.tsx';
import styles from './resource-page.module.css';

export interface Filters {
  readonly namespace: string;
  readonly labels: string;
  readonly fields: string;
}

/** What narrows the page: namespace, labels, fields. All of it is in the URL, and the server applies it. */
export function FilterBar(props: {
  readonly namespaced: boolean;
  readonly filters: Filters;
  readonly facets: Facets | undefined;
  readonly selectableFields: readonly string[];
  readonly onChange: (filters: Partial<Filters>) => void;
  /** The count and the columns. */
  readonly children: ReactNode;
}) {
  const { filters, facets, selectableFields, onChange } = props;
  const labels = useMemo(() => labelGrammar(facets?.labels ?? []), [facets]);
  const fields = useMemo(() => fieldGrammar(selectableFields), [selectableFields]);
  return (
    <search className={styles.bar} aria-label="Filters">
      {props.namespaced && (
        <PickOne
          label="Namespace"
          value={filters.namespace}
          options={namespaceOptions(facets)}
          emptyText="No namespace of this name has such objects."
          onChange={(namespace) => onChange({ namespace })}
        />
      )}
      <SelectorBar
        label="Labels"
        placeholder="app=web, tier in (web,api), !canary"
        slash
        className={styles.labels}
        grammar={labels}
        value={filters.labels}
        onApply={(text) => onChange({ labels: text })}
      />
      <SelectorBar
        label="Where"
        placeholder="metadata.name=…"
        className={styles.where}
        grammar={fields}
        value={filters.fields}
        onApply={(text) => onChange({ fields: text })}
      />
      {props.children}
    </search>
  );
}

function namespaceOptions(facets: Facets | undefined): PickOption[] {
  const named = (facets?.namespaces ?? []).map(({ name, count }) => ({
    value: name,
    label: name,
    note: wholeNumber(count),
  }));
  return [{ value: '', label: 'all', note: '' }, ...named];
}
