// The orchestrations: a page of those that meet the filters in the address.

import { path, read } from './api.js';
import { h } from './dom.js';
import { line, time } from './format.js';
import { chip, STATUSES } from './status.js';

const TOP = 50;
// A name is looked for here, since the API has no such filter: page by page, until enough is found or this many were read.
const MOST_PAGES = 20;
const SINCE = { '': 'ever', 1: 'an hour', 24: 'a day', 168: 'a week' };

/** The view of all orchestrations. */
export function instancesView({ query }) {
  let found = null;

  return { title: 'Orchestrations', load, render };

  async function load(signal) {
    const filters = {
      top: TOP, showInput: false, runtimeStatus: query.status, instanceIdPrefix: query.id,
      createdTimeFrom: Number(query.since) > 0 ? new Date(Date.now() - query.since * 3_600_000).toISOString() : null,
    };
    let token = query.after ?? null;
    const all = [];
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const { body, next } = await read(path(['instances'], filters), signal, token);
      all.push(...body.filter(({ name }) => !query.name || name.toLowerCase().startsWith(query.name.toLowerCase())));
      token = next;
      if (token === null || all.length >= TOP) break;
    }
    // Pages go by id; what is on one alone may have the newest first.
    const isWhole = token === null && !query.after;
    if (isWhole) all.sort((a, b) => b.createdTime.localeCompare(a.createdTime));
    found = { all, next: token, isWhole };
  }

  function render(frame) {
    return [
      h('h1', {}, 'Orchestrations'),
      search(frame),
      found.all.length === 0
        ? h('p', { class: 'soft' }, found.next ? 'None up to here; more may follow.' : Object.keys(query).length ? 'No orchestration meets these filters.' : 'No orchestration was started yet.')
        : table(found.all, frame),
      h('p', { class: 'soft' }, found.isWhole ? 'The newest first.' : 'By id.'),
      h('p', { class: 'pages' },
        query.after ? h('a', { href: frame.link({ after: null }) }, 'First page') : null, ' ',
        found.next ? h('a', { href: frame.link({ after: found.next }) }, 'Next page') : null),
    ];
  }
}

function search(frame) {
  const { query } = frame;
  const apply = form => {
    const fields = new FormData(form);
    frame.go({ ...Object.fromEntries(['status', 'since', 'name', 'id'].map(name => [name, fields.get(name).trim()])), after: null });
  };
  const choice = (name, label, values) => h('label', {}, `${label} `,
    h('select', { name, onchange: event => apply(event.target.form) }, values.map(([value, title]) => h('option', { value, selected: value === (query[name] ?? '') }, title))));
  const field = (name, label) => h('label', {}, `${label} `, h('input', { name, value: query[name] ?? '', maxlength: 100, autocomplete: 'off' }));
  return h('form', {
    class: 'search',
    role: 'search',
    onsubmit: event => {
      event.preventDefault();
      apply(event.target);
    },
  },
  choice('status', 'Status', [['', 'any'], ...STATUSES.map(status => [status, status])]),
  choice('since', 'Started within', Object.entries(SINCE)),
  field('name', 'Name begins with'),
  field('id', 'Id begins with'),
  h('button', { type: 'submit', class: 'primary' }, 'Search'),
  Object.keys(query).length ? h('a', { href: '#/instances' }, 'Clear') : null);
}

function table(instances, frame) {
  return h('table', {},
    h('caption', { class: 'hidden' }, 'Orchestrations'),
    h('thead', {}, h('tr', {}, ['Id', 'Name', 'Status', 'Custom status', 'Started', 'Last change'].map(title => h('th', { scope: 'col' }, title)))),
    h('tbody', {}, instances.map(instance => h('tr', { key: instance.instanceId },
      h('td', { 'data-label': 'Id' }, h('a', { href: frame.instance(instance.instanceId) }, instance.instanceId)),
      h('td', { 'data-label': 'Name' }, instance.name),
      h('td', { 'data-label': 'Status' }, chip(instance.runtimeStatus)),
      h('td', { 'data-label': 'Custom status' }, instance.customStatus === null ? '–' : line(instance.customStatus)),
      h('td', { 'data-label': 'Started' }, time(instance.createdTime)),
      h('td', { 'data-label': 'Last change' }, time(instance.lastUpdatedTime))))));
}
