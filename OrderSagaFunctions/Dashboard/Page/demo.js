// What only the demo has: its scenarios, and the button that kills the host.

import { h } from './dom.js';
import { read, send } from './api.js';
import { ask } from './dialog.js';

export const demo = { isDemo: false, canCrash: false, scenarios: [] };

export async function loadDemo() {
  try {
    Object.assign(demo, await read('demo'));
  } catch {
    // Without it the page has everything but the scenarios.
  }
}

// It answers first: after so many milliseconds it is gone.
const GONE = 500;

/** The button that crashes the host, where something brings it back. */
export const crashButton = onCrash => demo.canCrash ? h('button', {
  type: 'button',
  class: 'danger',
  key: 'crash',
  onclick: async () => {
    const isMeant = await ask({
      title: 'Crash the host',
      text: 'The host kills itself with SIGKILL, in the middle of whatever it does. Its supervisor starts it again, and every order goes on from where it was.',
      confirm: 'Crash it',
      isDanger: true,
      act: async () => {
        await send('demo/crash', {});
        await new Promise(resolve => setTimeout(resolve, GONE));
      },
    });
    if (isMeant) onCrash();
  },
}, 'Crash the host') : null;
