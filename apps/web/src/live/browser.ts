import { browserClock } from './clock.ts';
import { createLive } from './live.ts';
import type { Live } from './types.ts';

/** The live store over this page's WebSocket to the server it came from. */
export function createBrowserLive(): Live {
  const live = createLive({
    clock: browserClock,
    random: Math.random,
    openSocket: (protocol, handlers) => {
      const url = new URL('api/v1/stream', document.baseURI);
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      const socket = new WebSocket(url, protocol);
      socket.addEventListener('message', (event) => handlers.onMessage(event.data));
      socket.addEventListener('close', (event) => handlers.onClose(event.code));
      return {
        send: (text) => socket.send(text),
        close: () => socket.close(),
      };
    },
    probe: async (signal) => {
      const response = await fetch('api/v1/cluster', { signal, credentials: 'same-origin' });
      if (response.ok) return 'answered';
      return response.status === 401 ? 'unauthorized' : 'other';
    },
    onFrame: (run) => {
      const frame = requestAnimationFrame(run);
      return () => cancelAnimationFrame(frame);
    },
  });
  window.addEventListener('online', live.wake);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') live.wake();
  });
  return live;
}
