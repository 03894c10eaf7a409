import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ProblemError, useApi } from '../api.ts';
import { useLive } from '../live/index.ts';
import { Button } from '../ui/button.tsx';
import { Logo } from './logo.tsx';
import styles from './token-page.module.css';

/** Asks for the token, which becomes the session's cookie; nothing of the cluster is shown without it. */
export function TokenPage() {
  const api = useApi();
  const live = useLive();
  const queries = useQueryClient();
  const [token, setToken] = useState('');
  const session = useMutation({
    mutationFn: (text: string) => api.createSession(tokenOf(text)),
    onSuccess: async () => {
      live.retry();
      await queries.invalidateQueries();
    },
  });
  const field = useRef<HTMLInputElement>(null);
  // Nothing else can be done here.
  useEffect(() => field.current?.focus(), []);
  const trouble = troubleOf(session.error);
  return (
    <main className={styles.page}>
      <title>Kindscope asks for its token</title>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          session.mutate(token);
        }}
      >
        <h1>
          <Logo />
          Kindscope
        </h1>
        <p id="token-where">
          Kindscope shows your cluster only to those who hold its token. It printed an address with
          it in the terminal it was started in, after <b>Kindscope ready</b>. Open that address, or
          paste it or the token here.
        </p>
        <label htmlFor="token">Token</label>
        <div className={styles.line}>
          <input
            ref={field}
            id="token"
            type="password"
            autoComplete="current-password"
            required
            value={token}
            onChange={(event) => setToken(event.target.value)}
            aria-describedby={trouble === undefined ? 'token-where' : 'token-error'}
            aria-invalid={trouble !== undefined}
          />
          <Button type="submit" variant="primary" disabled={session.isPending}>
            Open
          </Button>
        </div>
        {trouble !== undefined && (
          <p id="token-error" role="alert" className={styles.error}>
            {trouble}
          </p>
        )}
      </form>
    </main>
  );
}

/** Why the page is still closed, if somebody tried to open it: here, or with an address of old. */
function troubleOf(error: Error | null): string | undefined {
  if (error instanceof ProblemError) return [error.message, error.remedy].join(' ').trim();
  if (error !== null) return error.message;
  return new URLSearchParams(window.location.search).has('token')
    ? 'The token in this address is not the one that Kindscope has now: each start prints a new one, unless --token sets it.'
    : undefined;
}

/** The token of a pasted address, or what was typed. */
export function tokenOf(text: string): string {
  const trimmed = text.trim();
  try {
    return new URL(trimmed).searchParams.get('token') ?? trimmed;
  } catch {
    return trimmed;
  }
}
