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
          {changeClassWords[name]}
        </li>
      ))}
    </ul>
  );
}
