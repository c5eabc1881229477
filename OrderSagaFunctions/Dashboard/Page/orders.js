// The orders: how many there are in each state, and a page of those that meet the filters in the address.

import { h } from './dom.js';
import { path, read } from './api.js';
import { money, since, until } from './format.js';
import { statusOf } from './states.js';

// Which count leads to which filters.
const CHIPS = [
  ['orders', 'All', {}], ['running', 'Running', { running: 'true' }], ['retrying', 'Retrying', { retrying: 'true' }], ['inReview', 'In review', { running: 'true', flagged: 'true' }],
  ['parked', 'Parked', { parked: 'true' }], ['succeeded', 'Succeeded', { outcome: 'Succeeded' }], ['failed', 'Failed', { outcome: 'Failed' }],
  ['cancelled', 'Cancelled', { outcome: 'Cancelled' }], ['openIncidents', 'Incidents', { incident: 'true' }],
];
const FILTERS = ['running', 'retrying', 'parked', 'flagged', 'incident', 'outcome', 'status', 'customer', 'prefix', 'from', 'to'];
const TOP = 50;
const COUNT_EVERY = 3;

/** The view of all orders. */
export function ordersView() {
  const loaded = { page: null, counts: null };
  let polls = 0;

  return { title: 'Orders', load, render };

  async function load({ query }, signal, redraw) {
    const filters = Object.fromEntries(FILTERS.map(name => [name, query[name]]));
    loaded.page = await read(path(['orders'], { ...filters, top: TOP, continuationToken: query.after }), signal);
    // The first drawing does not wait for the counts: of many orders they take longer.
    if (polls++ % COUNT_EVERY === 0) void read('orders/counts', signal).then(counts => {
      loaded.counts = counts;
      redraw();
    }, () => { });
  }

  function render(frame) {
    const { page: { orders, continuationToken, unreadable }, counts } = loaded;
    return [
      h('h1', { tabindex: -1 }, 'Orders'),
      h('nav', { class: 'chips', 'aria-label': 'Orders by state' }, CHIPS.map(([name, title, filters]) => h('a', {
        key: name,
        class: `count ${counts?.[name] && ['parked', 'openIncidents', 'inReview'].includes(name) ? 'waiting' : ''}`,
        href: frame.address('orders', filters),
        'aria-current': isFiltered(frame.query, filters) ? 'page' : null,
      }, `${title} `, h('b', {}, counts?.[name] ?? '…'))),
      h('span', { class: 'counted soft' }, counts ? `Counted ${since(counts.asOf, frame.now)} ago` : null)),
      search(frame),
      orders.length === 0
        ? h('p', { class: 'empty' }, continuationToken ? 'None on this page; more may follow.' : isFiltered(frame.query, {}) ? 'There are no orders yet. ' : 'No order meets these filters. ', h('a', { href: '#/place' }, 'Place one'))
        : table(orders, frame),
      h('p', { class: 'pages' },
        frame.query.after ? h('a', { href: frame.link({ after: null }) }, 'First page') : null, ' ',
        continuationToken ? h('a', { href: frame.link({ after: continuationToken }) }, 'Next page') : null),
      unreadable?.length ? h('p', { class: 'problem' }, `Left out, since a row cannot be read: ${unreadable.map(({ partition, row }) => `${partition} (${row})`).join(', ')}.`) : null,
    ];
  }
}

const isFiltered = (query, filters) => FILTERS.every(name => (query[name] ?? undefined) === filters[name]);

function search(frame) {
  const { query } = frame;
  return h('form', {
    class: 'search',
    role: 'search',
    onsubmit: event => {
      event.preventDefault();
      const fields = new FormData(event.target);
      frame.go({ prefix: fields.get('prefix').trim() || null, customer: fields.get('customer').trim() || null, after: null });
    },
  },
  h('label', {}, 'Order id begins with ', h('input', { name: 'prefix', value: query.prefix ?? '', maxlength: 64, autocomplete: 'off' })),
  h('label', {}, 'Customer ', h('input', { name: 'customer', value: query.customer ?? '', maxlength: 64, autocomplete: 'off' })),
  h('button', { type: 'submit', class: 'primary' }, 'Search'),
  FILTERS.some(name => query[name]) ? h('a', { href: '#/orders' }, 'Clear') : null);
}

function table(orders, { now, orderAddress }) {
  return h('table', { class: 'orders' },
    h('caption', { class: 'hidden' }, 'Orders by id'),
    h('thead', {}, h('tr', {}, ['Order', 'Outcome', 'State', 'Amount', 'Age', 'Attempts', 'Marks'].map(title => h('th', { scope: 'col', class: title === 'Amount' || title === 'Age' ? 'number' : null }, title)))),
    h('tbody', {}, orders.map(order => {
      const { status, word } = statusOf({ ...order, isInReview: order.isFlagged && order.state === 'Review' });
      return h('tr', { key: order.orderId },
        h('td', { 'data-label': 'Order' }, h('a', { href: orderAddress(order.orderId) }, order.orderId), h('span', { class: 'soft' }, ` ${order.customerId}`)),
        h('td', { 'data-label': 'Outcome' }, h('span', { class: `chip ${status}` }, word)),
        h('td', { 'data-label': 'State' }, order.state ?? '–'),
        h('td', { 'data-label': 'Amount', class: 'number' }, money(order.total)),
        h('td', { 'data-label': 'Age', class: 'number' }, since(order.acceptedAt, now)),
        h('td', { 'data-label': 'Attempts' }, order.retrying ? `${order.retrying.attempt} of ${order.retrying.of}${order.retrying.nextAttemptAt ? `, next ${until(order.retrying.nextAttemptAt, now)}` : ''}` : order.attempts ?? '–'),
        h('td', { 'data-label': 'Marks' }, marks(order)));
    })));
}

function marks({ isFlagged, isParked, openIncidents }) {
  const all = [isFlagged ? 'flagged' : null, isParked ? 'parked' : null, openIncidents ? `${openIncidents} incident${openIncidents === 1 ? '' : 's'}` : null].filter(Boolean);
  return all.length ? all.join(', ') : '–';
}
