import { changeClassWords, ClassGlyph, type ChangeClassName } from '../../ui/class-glyph.tsx';
import styles from './rollout.module.css';

const shown: readonly ChangeClassName[] = [
  'spec',
  'condition',
  'status',
  'metadata',
  'created',
  'deleted',
];

/** What the shapes above the bars mean. */
export function RolloutLegend() {
  return (
    <ul className={styles.legend} aria-label="Legend">
      {shown.map((name) => (
        <li key={name}>
          <ClassGlyph of={name} size={10} silent />
          <LegendWord of={name} />
        </li>
      ))}
    </ul>
  );
}

/** Where there is no room the first word of them is enough. */
function LegendWord({ of }: { readonly of: ChangeClassName }) {
  const [first = '', ...more] = changeClassWords[of].split(',');
  return (
    <span>
      {first}
      {more.length > 0 && <span className={styles.more}>,{more.join(',')}</span>}
    </span>
  );
}
