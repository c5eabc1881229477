// Money and stock of an order: each movement with its id, and whether they add up.

import { h } from './dom.js';
import { clock, items, money } from './format.js';

/** Whether what an order has moved is what its end asks for: { isRight, text } for money and for stock. */
export function addUp({ total, transactions, saga, items: lines }) {
  const sign = { Debit: 1, Credit: -1, Reserve: 1, Release: -1 };
  const held = transactions.filter(({ amount }) => amount !== undefined).reduce((sum, { type, amount }) => sum + sign[type] * amount, 0);
  const stock = new Map();
  for (const { type, items: moved = [] } of transactions) {
    for (const { itemId, quantity } of moved) stock.set(itemId, (stock.get(itemId) ?? 0) + sign[type] * quantity);
  }
  const wanted = new Map();
  for (const { itemId, qty } of lines) wanted.set(itemId, (wanted.get(itemId) ?? 0) + qty);
  const isHeld = [...stock.values()].some(quantity => quantity !== 0);
  const kept = Math.round(held * 1000) / 1000;
  const heldText = money({ amount: kept, currency: total.currency });
  const stockText = isHeld ? items([...stock].filter(([, quantity]) => quantity !== 0).map(([itemId, quantity]) => ({ itemId, quantity }))) : 'nothing';
  if (!saga.outcome) {
    return [{ isRight: null, text: `Charged so far: ${heldText}.` }, { isRight: null, text: `Reserved so far: ${stockText}.` }];
  }
  const isDone = saga.outcome === 'Succeeded';
  return [
    { isRight: kept === (isDone ? total.amount : 0), text: `Charged: ${heldText}, expected ${money(isDone ? total : { ...total, amount: 0 })}.` },
    { isRight: isDone ? [...wanted].every(([itemId, quantity]) => stock.get(itemId) === quantity) : !isHeld, text: `Reserved: ${stockText}, expected ${isDone ? items([...wanted].map(([itemId, quantity]) => ({ itemId, quantity }))) : 'nothing'}.` },
  ];
}

/** Draws the movements and the sums. */
export function ledger(order) {
  return h('div', { class: 'ledger' },
    h('ul', { class: 'sums' }, addUp(order).map(({ isRight, text }) =>
      h('li', { class: `chip ${isRight === null ? 'running' : isRight ? 'done' : 'stuck'}` }, `${isRight === null ? '●' : isRight ? '✓' : '!'} ${text}`))),
    order.transactions.length === 0 ? h('p', { class: 'empty' }, 'Nothing has moved.') : h('table', {},
      h('thead', {}, h('tr', {}, ['Time', 'Movement', 'What', 'Location', 'Transaction'].map(title => h('th', { scope: 'col' }, title)))),
      h('tbody', {}, order.transactions.map(row => h('tr', { key: row.transactionId },
        h('td', { 'data-label': 'Time' }, clock(row.at)),
        h('td', { 'data-label': 'Movement' }, row.type),
        h('td', { 'data-label': 'What' }, row.items ? items(row.items) : money(row)),
        h('td', { 'data-label': 'Location' }, row.location ?? '–'),
        h('td', { 'data-label': 'Transaction' }, h('code', {}, row.transactionId)))))));
}
