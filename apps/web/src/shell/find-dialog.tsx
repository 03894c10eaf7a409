import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { resourceParams } from '../links.ts';
import { useCatalog } from '../live/index.ts';
import { findTargets, type FindTarget } from './find-targets.ts';
import styles from './find-box.module.css';

/** Leads to any kind or page by typing a part of its name. */
export function FindDialog(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label="Go to resource or page">
          <Finder onDone={() => props.onOpenChange(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Finder({ onDone }: { readonly onDone: () => void }) {
  const { items } = useCatalog();
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  const targets = findTargets(items, typed);
  const go = (target: FindTarget) => {
    onDone();
    void navigate(
      target.kind === 'page'
        ? { to: target.to }
        : { to: '/r/$group/$version/$resource', params: resourceParams(target.info) },
    );
  };
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      autoHighlight="always"
      keepHighlight
      items={targets}
      itemToStringValue={(target: FindTarget) => target.label}
      value={typed}
      onValueChange={(next, details) => {
        // Choosing an item would write its name into the field; here it leads away.
        if (details.reason !== 'item-press') setTyped(next);
      }}
    >
      <Autocomplete.Input
        className={styles.input}
        aria-label="Kind, group, short name or page"
        placeholder="Kind, group, short name or page"
        spellCheck={false}
      />
      <Autocomplete.Empty className={styles.empty}>
        Nothing here is called “{typed.trim()}”.
      </Autocomplete.Empty>
      <Autocomplete.List className={styles.list}>
        {(target: FindTarget) => (
          <Autocomplete.Item
            key={target.id}
            value={target}
            className={styles.item}
            onClick={() => go(target)}
          >
            <Described target={target} />
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
      <div className={styles.keys} aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> go
        </span>
        <span>
          <kbd>Esc</kbd> close
        </span>
      </div>
    </Autocomplete.Root>
  );
}

function Described({ target }: { readonly target: FindTarget }) {
  if (target.kind === 'page') {
    return (
      <>
        <b>{target.label}</b>
        <em>page</em>
      </>
    );
  }
  const { info } = target;
  return (
    <>
      <b>{info.kind}</b>
      <span>{info.group === '' ? 'core' : info.group}</span>
      <em>{[...info.shortNames, info.version].join(' · ')}</em>
    </>
  );
}
