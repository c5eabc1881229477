// What waits for people: reviews, incidents, parked and stuck sagas, and what the audit finds.

import { h } from './dom.js';
import { path, read } from './api.js';
import { since, time, until } from './format.js';
import { incidentActions, reviewActions } from './actions.js';
import { isOperator } from './session.js';

const STUCK_AFTER = 'PT10M';
const TOP = 20;

/** The view of the queues. */
export function queuesView() {
  const loaded = { reviews: null, incidents: null, parked: null, stuck: null, audit: null, isAuditing: false };
  const queues = [
    ['reviews', () => path(['reviews'], { top: TOP })],
    ['incidents', () => path(['incidents'], { top: TOP })],
    ['parked', () => path(['orders'], { parked: 'true', top: TOP })],
    ['stuck', () => path(['orders', 'stuck'], { longerThan: STUCK_AFTER, top: TOP })],
  ];
  let polls = 0;

  return { title: 'Queues', load, render };

  async function load(_, signal) {
    // All at first, then one after the other.
    const mine = isOperator() ? queues : queues.slice(0, 1);
    const due = polls === 0 ? mine : [mine[polls % mine.length]];
    polls++;
    await Promise.all(due.map(async ([name, address]) => { loaded[name] = await read(address(), signal); }));
  }

  function render({ now, refresh, redraw, orderAddress }) {
    const link = orderId => h('a', { href: orderAddress(orderId) }, orderId);
    return [
      h('h1', { tabindex: -1 }, 'Queues'),
      queue('reviews', 'Reviews', loaded.reviews, 'reviews', review => [
        h('p', {}, link(review.orderId), ` waits ${since(review.requestedAt, now)}; decides itself ${until(review.deadline, now)}.`),
        h('p', { class: 'soft' }, review.flags.map(({ check, reason }) => `${check}: ${reason}`).join(' ')),
        reviewActions({ orderId: review.orderId, saga: { incidents: [], steps: [] }, review: { status: 'Waiting' } }, refresh),
      ], review => review.orderId),
      isOperator() ? [
        queue('incidents', 'Open incidents', loaded.incidents, 'incidents', ({ orderId, incident }) => [
          h('p', {}, link(orderId), ` ${incident.compensation}, open for ${since(incident.openedAt, now)}.`),
          h('p', { class: 'soft' }, incident.error),
          incidentActions(orderId, incident, refresh),
        ], ({ orderId, incident }) => `${orderId} ${incident.id}`),
        queue('parked', 'Parked sagas', loaded.parked, 'orders', order => h('p', {}, link(order.orderId), ` waits in ${order.state ?? 'a step'}, accepted ${since(order.acceptedAt, now)} ago.`), order => order.orderId),
        queue('stuck', 'No progress for ten minutes', loaded.stuck, 'sagas', saga => h('p', {}, link(saga.orderId), ` ${saga.runtimeStatus ?? 'gone'} in ${saga.state ?? 'no state'}, since ${time(saga.lastProgressAt)}${saga.waitsFor ? `, waits for: ${saga.waitsFor}` : ''}.`), saga => saga.orderId),
        audit(redraw, link),
      ] : null,
    ];
  }

  function queue(id, title, answer, list, show, keyOf) {
    const entries = answer?.[list] ?? [];
    return h('section', { key: id, 'aria-labelledby': `title-${id}` },
      h('h2', { id: `title-${id}` }, `${title} `, h('span', { class: `chip ${entries.length ? 'waiting' : 'done'}` }, `${entries.length}${answer?.continuationToken ? '+' : ''}`)),
      entries.length === 0 ? h('p', { class: 'empty' }, 'Nothing waits here.') : h('ul', { class: 'cards' }, entries.map(entry => h('li', { key: keyOf(entry) }, show(entry)))));
  }

  function audit(redraw, link) {
    const { audit: report, isAuditing } = loaded;
    return h('section', { key: 'audit', 'aria-labelledby': 'title-audit' },
      h('h2', { id: 'title-audit' }, 'Audit'),
      h('p', {}, h('button', {
        type: 'button',
        'aria-disabled': isAuditing ? 'true' : null,
        onclick: isAuditing ? null : async () => {
          loaded.isAuditing = true;
          redraw();
          try {
            loaded.audit = await read('audit');
          } finally {
            loaded.isAuditing = false;
            redraw();
          }
        },
      }, isAuditing ? 'Auditing…' : 'Audit all orders and the stock')),
      report ? h('p', { role: 'status' }, h('span', { class: `chip ${report.clean ? 'done' : 'stuck'}` }, report.clean ? 'clean' : `${report.findingCount} findings`), ` ${report.orders} orders, ${report.items} items in stock.`) : null,
      report?.findings.length ? h('ul', { class: 'cards' }, report.findings.map(({ rule, orderId, itemId, expected, found }) =>
        h('li', {}, orderId ? link(orderId) : itemId, ` ${rule}: expected ${expected}, found ${found}.`))) : null);
  }
}
