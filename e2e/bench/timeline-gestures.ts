import type { Page } from '@playwright/test';

/** Where the pointer is, in a window of 1440 by 900: over the lanes. */
const middle = { x: 900, y: 560 };
const steps = 12;

/** Zooms in, moves through time with the wheel and by dragging, scrolls the lanes, zooms out, and goes back to now; about two seconds. */
export async function panAndZoom(page: Page): Promise<void> {
  await page.mouse.move(middle.x, middle.y);
  await wheel(page, 'Control', -60);
  await wheel(page, 'Shift', -40);
  await drag(page, 250, -40);
  await wheel(page, undefined, 90);
  await wheel(page, undefined, -90);
  await wheel(page, 'Control', 60);
  await drag(page, -250, 40);
  await page.keyboard.press('End');
}

async function wheel(page: Page, key: 'Control' | 'Shift' | undefined, by: number): Promise<void> {
  if (key !== undefined) await page.keyboard.down(key);
  for (let step = 0; step < steps; step += 1) await page.mouse.wheel(0, by);
  if (key !== undefined) await page.keyboard.up(key);
}

async function drag(page: Page, dx: number, dy: number): Promise<void> {
  await page.mouse.down();
  await page.mouse.move(middle.x + dx, middle.y + dy, { steps });
  await page.mouse.up();
  await page.mouse.move(middle.x, middle.y);
}
