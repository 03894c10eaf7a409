import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { objectParams } from '../links.ts';
import { Note } from '../ui/note.tsx';
import { useNotices } from './notices-context.ts';
import { keyOf } from './watched-rollouts.ts';
import styles from './notices.module.css';

/** Which rollouts this tab tells of, each to be taken off; nothing where there is none. */
export function NoticesNote() {
  const { list, watched } = useNotices();
  if (list.length === 0) return null;
  return (
    <Note>
      <span id="notified">This tab notifies you of</span>
      <ul className={styles.watched} aria-labelledby="notified">
        {list.map((rollout) => (
          <li key={keyOf(rollout)}>
            <Link
              to="/rollout/$group/$version/$resource/$namespace/$name"
              params={objectParams(rollout.resource, rollout.namespace, rollout.name)}
              title={`${rollout.resource.resource}${rollout.namespace === '' ? '' : ` in ${rollout.namespace}`}`}
            >
              {rollout.name}
            </Link>
            <button
              type="button"
              aria-label={`No longer of ${rollout.name}`}
              onClick={() => watched.remove(rollout)}
            >
              <X aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </Note>
  );
}
