import type { Page } from '@playwright/test';

/** When a marker reached the page, in milliseconds since the epoch by the machine's clock. */
export interface Sighting {
  readonly received: number;
  /** When the first frame that shows it had been drawn. */
  readonly painted: number;
}

/** Makes every page of the context note when a frame with a marker comes in and when it shows. Call before `goto`. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const now = (): number => performance.timeOrigin + performance.now();
    const received = new Map<string, number>();
    const painted = new Map<string, number>();
    const shown = (marker: string): boolean =>
      [...document.querySelectorAll('[role=gridcell],[role=cell],td')].some(
        (cell) => cell.textContent === marker,
      );
    // A task posted from within a frame runs when the frame has been drawn.
    const drawn = new MessageChannel();
    drawn.port1.addEventListener('message', () => {
      for (const marker of received.keys()) {
        if (!painted.has(marker) && shown(marker)) painted.set(marker, now());
      }
    });
    drawn.port1.start();
    const frame = (): void => {
      drawn.port2.postMessage(undefined);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const Native = window.WebSocket;
    window.WebSocket = class extends Native {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        this.addEventListener('message', (event) => {
          for (const [marker] of String(event.data).matchAll(/marker-\d+/g)) {
            if (!received.has(marker)) received.set(marker, now());
          }
        });
      }
    };
    Object.assign(window, {
      kindscopeSighting: (marker: string) => ({
        received: received.get(marker),
        painted: painted.get(marker),
      }),
    });
  });
}

/** Waits until the page shows the marker. */
export async function sighting(page: Page, marker: string): Promise<Sighting> {
  const handle = await page.waitForFunction(
    (name) => {
      const look = (window as unknown as Record<string, (of: string) => Partial<Sighting>>)[
        'kindscopeSighting'
      ];
      const seen = look?.(name);
      return seen?.received !== undefined && seen.painted !== undefined ? seen : undefined;
    },
    marker,
    { polling: 50, timeout: 10_000 },
  );
  return (await handle.jsonValue()) as Sighting;
}
