import styles from './selector.module.css';

/** What is wrong with what is being written, and where. */
export function SelectorFault(props: {
  readonly id: string;
  readonly text: string;
  readonly fault: { readonly message: string; readonly position: number };
}) {
  const { message, position } = props.fault;
  return (
    <div id={props.id} role="alert" className={styles.fault}>
      <code className={styles.faultText} aria-hidden="true">
        {props.text.slice(0, position)}
        <mark>{props.text.slice(position) || ' '}</mark>
      </code>
      <span>
        Position {position}: {message}
      </span>
    </div>
  );
}
