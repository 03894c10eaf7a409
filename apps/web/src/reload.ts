const key = 'kindscope.reloaded';
const pauseMs = 10_000;

/**
 * A page that was open while Kindscope was replaced asks for files that are gone: it is loaded
 * anew, once in a while at most, so that a file that is missing for another reason ends in an
 * error and not in a loop.
 */
export function reloadWhenReplaced(): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (reloadedLately()) return;
    event.preventDefault();
    window.location.reload();
  });
}

function reloadedLately(): boolean {
  try {
    const last = Number(sessionStorage.getItem(key) ?? 0);
    sessionStorage.setItem(key, String(Date.now()));
    return Date.now() - last < pauseMs;
  } catch {
    // Without storage nobody could tell the first time from the tenth.
    return true;
  }
}
