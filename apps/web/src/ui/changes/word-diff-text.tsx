import type { Piece } from './word-diff.ts';
import styles from './change.module.css';

/** One side of a word diff: what the other side has not stands out. */
export function WordDiffText(props: {
  readonly pieces: readonly Piece[];
  readonly side: 'before' | 'after';
}) {
  // Where everything differs nothing stands out.
  const partly = props.pieces.some((piece) => !piece.changed);
  const text = props.pieces.map((piece, index) =>
    piece.changed && partly ? (
      // Pieces of a text never move.
      // oxlint-disable-next-line react/no-array-index-key
      <mark key={index} className={styles.word}>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
  return props.side === 'before' ? (
    <del className={styles.wholeBefore}>{text}</del>
  ) : (
    <ins className={styles.wholeAfter}>{text}</ins>
  );
}
