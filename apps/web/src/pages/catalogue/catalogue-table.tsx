import type { ResourceInfo } from '@kindscope/protocol';
import { useState } from 'react';
import { counted } from '../../ui/number.ts';
import { byGroup } from './catalogue-items.ts';
import { CatalogueRow } from './catalogue-row.tsx';
import overview from '../../ui/overview.module.css';
import styles from './catalogue.module.css';

/** The kinds by API group. */
export function CatalogueTable({ items }: { readonly items: readonly ResourceInfo[] }) {
  // What comes later than the table is marked as it comes in.
  const [first] = useState(() => new Set(items.map(({ id }) => id)));
  return (
    <table className={overview.table}>
      <caption className={overview.caption}>Kinds by API group</caption>
      <Head />
      {byGroup(items).map(({ group, items }) => (
        <tbody key={group}>
          <tr className={styles.group}>
            <th scope="rowgroup" colSpan={3}>
              <span className={styles.groupName}>{group === '' ? 'core' : group}</span>
              <span className={styles.groupCount}>{counted(items.length, 'kind')}</span>
            </th>
          </tr>
          {items.map((info) => (
            <CatalogueRow key={info.id} info={info} isNew={!first.has(info.id)} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** The table's shape, until there is something to put into it. */
export function CatalogueLoading() {
  return (
    <div className={styles.loading}>
      <output>Reading what the cluster serves</output>
      {[1, 2, 3, 4, 5, 6, 7, 8].map((line) => (
        <i key={line} />
      ))}
    </div>
  );
}

function Head() {
  return (
    <thead>
      <tr>
        <th scope="col" className={styles.kind}>
          Kind
        </th>
        <th scope="col" className={styles.name}>
          Name
        </th>
        <th scope="col" className={styles.versions}>
          Versions
        </th>
        <th scope="col" className={styles.scope}>
          Scope
        </th>
        <th scope="col" className={styles.objects}>
          Objects
        </th>
        <th scope="col" className={styles.changes}>
          Changes, last hour
        </th>
        <th scope="col" className={styles.rate}>
          Per minute
        </th>
        <th scope="col" className={styles.health}>
          Health
        </th>
        <th scope="col" className={styles.age}>
          Age
        </th>
      </tr>
    </thead>
  );
}
