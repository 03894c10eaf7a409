import type { ResourceInfo } from '@kindscope/protocol';
import { Hidden } from '../../ui/hidden.tsx';
import { Pill } from '../../ui/pill.tsx';
import styles from './catalogue.module.css';

/** The versions, best first: which is stored, which are deprecated, which are no longer served. */
export function VersionMarks({ info }: { readonly info: ResourceInfo }) {
  const facts = new Map(info.crd?.versions.map((version) => [version.name, version]));
  const unserved = [...facts.keys()].filter((name) => !info.versions.includes(name));
  return (
    <span className={styles.marks}>
      {info.versions.map((name) => {
        const fact = facts.get(name);
        const stored = fact?.storage === true;
        if (fact?.deprecated === true) {
          return (
            <Pill key={name} tone="working" note="deprecated" title={fact.deprecationWarning}>
              {name}
              {stored && <Hidden>, stored</Hidden>}
            </Pill>
          );
        }
        return (
          <Pill
            key={name}
            tone={stored ? 'solid' : 'plain'}
            title={stored ? 'The version that is stored' : undefined}
          >
            {name}
            {stored && <Hidden>, stored</Hidden>}
          </Pill>
        );
      })}
      {unserved.map((name) => (
        <Pill
          key={name}
          tone="off"
          note="not served"
          title={facts.get(name)?.storage === true ? 'Still the version that is stored' : undefined}
        >
          {name}
        </Pill>
      ))}
    </span>
  );
}
