import type { YamlLine, YamlTokenKind } from '@kindscope/kube';
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
  let room = longest;
  let hidden = 0;
  const parts = line.tokens.map((token, index) => {
    const text = token.text.slice(0, Math.max(0, room));
    hidden += token.text.length - text.length;
    room -= text.length;
    return (
      // The tokens of a line never move.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={index} className={tokenStyles[token.kind]}>
        {text}
      </span>
    );
  });
  return (
    <>
      {' '.repeat(line.indent)}
      {parts}
      {hidden > 0 && (
        <span className={styles.hidden}>
          {' '}
          … {hidden.toLocaleString('en')} more characters, copied with the rest
        </span>
      )}
    </>
  );
}
