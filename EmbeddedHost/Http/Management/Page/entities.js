// The entities: a page of them, with their states.

import { path, read } from './api.js';
import { h } from './dom.js';
import { line, text, time } from './format.js';

const TOP = 50;

/** The view of all entities. */
export function entitiesView({ query }) {
  let found = null;

  return {
    title: 'Entities',
    load: async signal => { found = await read(path(query.name ? ['entities', query.name] : ['entities'], { top: TOP, fetchState: true }), signal, query.after); },
    render,
  };

  function render(frame) {
    return [
      h('h1', {}, 'Entities'),
      h('form', {
        class: 'search',
        role: 'search',
        onsubmit: event => {
          event.preventDefault();
          frame.go({ name: new FormData(event.target).get('name').trim(), after: null });
        },
      },
      h('label', {}, 'Name ', h('input', { name: 'name', value: query.name ?? '', maxlength: 100, autocomplete: 'off' })),
      h('button', { type: 'submit', class: 'primary' }, 'Search'),
      query.name ? h('a', { href: '#/entities' }, 'Clear') : null),
      found.body.length === 0
        ? h('p', { class: 'soft' }, query.name ? 'No entity has this name.' : 'There are no entities yet.')
        : table(found.body),
      h('p', { class: 'pages' },
        query.after ? h('a', { href: frame.link({ after: null }) }, 'First page') : null, ' ',
        found.next ? h('a', { href: frame.link({ after: found.next }) }, 'Next page') : null),
    ];
  }
}

const table = entities => h('table', {},
  h('caption', { class: 'hidden' }, 'Entities'),
  h('thead', {}, h('tr', {}, ['Name', 'Key', 'State', 'Last operation'].map(title => h('th', { scope: 'col' }, title)))),
  h('tbody', {}, entities.map(({ entityId: { name, key }, state, lastOperationTime }) => h('tr', { key: `${name}@${key}` },
    h('td', { 'data-label': 'Name' }, name),
    h('td', { 'data-label': 'Key' }, key),
    h('td', { 'data-label': 'State' }, h('details', {}, h('summary', {}, line(state)), h('pre', { tabindex: 0, 'aria-label': 'State' }, text(state)))),
    h('td', { 'data-label': 'Last operation' }, time(lastOperationTime))))));
