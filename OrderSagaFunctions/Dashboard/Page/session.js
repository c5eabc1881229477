// Who works with the page: the key, kept for this tab alone, and what it opens.

import { h } from './dom.js';
import { ask } from './dialog.js';

const KEY = 'order-saga-key';
const NAME = 'order-saga-name';

/** What a role may do. */
export const ROLES = {
  operator: 'This key opens everything: you may see and steer every order.',
  submitter: 'This key lets you place orders, look at an order by its id, cancel it, and review. The lists and the other actions need the master key.',
  none: 'This API asks for a key.',
};

export const session = { role: 'operator', needsKey: false };

export const headers = () => sessionStorage.getItem(KEY) ? { 'x-functions-key': sessionStorage.getItem(KEY) } : {};

/** The name that goes with decisions, remembered for this tab. */
export const name = {
  get: () => sessionStorage.getItem(NAME) ?? '',
  set: text => sessionStorage.setItem(NAME, text),
};

export const isOperator = () => session.role === 'operator';

/** Finds out what the key opens, by asking for what each role may read. */
export async function probe() {
  session.role = await opens('orders?top=1') ? 'operator' : await opens('sagas/order/definition') ? 'submitter' : 'none';
  session.needsKey ||= session.role !== 'operator' || Boolean(headers()['x-functions-key']);
}

async function opens(path) {
  const response = await fetch(path, { headers: headers(), cache: 'no-store' });
  // 503 and the like say nothing about the key.
  if (response.status !== 401 && response.status !== 403 && !response.ok) throw new Error(`The answer was ${response.status}.`);
  return response.ok;
}

/** Asks for a key until one opens something, or the dialog is closed. */
export async function askForKey() {
  let problem = null;
  while (true) {
    const given = await ask({
      title: 'Key',
      text: ['The key is kept for this tab only, and sent with each call.', problem],
      confirm: 'Use this key',
      fields: [{ name: 'key', label: 'Key (master, host or function key)', type: 'password', required: true }],
    });
    if (!given) return false;
    sessionStorage.setItem(KEY, given.key);
    await probe();
    if (session.role !== 'none') return true;
    sessionStorage.removeItem(KEY);
    problem = h('strong', {}, 'That key opens nothing here.');
  }
}
