import type { YamlLine, YamlToken, YamlTokenKind } from '@kindscope/kube';
import { wholeNumber } from '../number.ts';
import styles from './yaml.module.css';

/** A longer line is cut: what nobody reads would cost the browser most. */
const longest = 4000;

const tokenStyles: Record<YamlTokenKind, string | undefined> = {
  key: styles.key,
  string: styles.string,
  number: styles.figure,
  boolean: styles.figure,
  null: styles.figure,
  punctuation: undefined,
};

/** The coloured text of one line; digits stand as the server wrote them. */
export function YamlTokens({ line }: { readonly line: YamlLine }) {
  const length = line.tokens.reduce((sum, { text }) => sum + text.length, 0);
  return (
    <>
      {' '.repeat(line.indent)}
      {cut(line.tokens).map((token, index) => (
        // The tokens of a line never move.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index} className={tokenStyles[token.kind]}>
          {token.text}
        </span>
      ))}
      {length > longest && (
        <span className={styles.hidden}>
          {' '}
          … {wholeNumber(length - longest)} more characters, copied with the rest
        </span>
      )}
    </>
  );
}

function cut(tokens: readonly YamlToken[]): readonly YamlToken[] {
  const kept: YamlToken[] = [];
  let room = longest;
  for (const { kind, text } of tokens) {
    if (room <= 0) break;
    kept.push({ kind, text: text.slice(0, room) });
    room -= text.length;
  }
  return kept;
}
