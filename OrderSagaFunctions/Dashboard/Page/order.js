// One order: how its saga went, what it moved, and what can be done.

import { h } from './dom.js';
import { path, read } from './api.js';
import { clock, money, since, time, until } from './format.js';
import { orderActions, incidentActions } from './actions.js';
import { isOperator } from './session.js';
import { isStopped, readStates, standingOf } from './states.js';
import { describe, graph } from './graph.js';
import { timeline } from './timeline.js';
import { attemptsOf, historyTable, pair } from './history.js';
import { ledger } from './ledger.js';

const WIDE = matchMedia('(min-width: 900px)');

/** The view of one order. The address has what is selected: a state, a child's or an earlier instance, a filter of the history. */
export function orderView({ id }) {
  const loaded = { order: null, history: null, children: new Map(), definitions: new Map() };

  return { title: `Order ${id}`, load, render };

  async function load({ query }, signal) {
    const order = await read(path(['orders', id]), signal);
    const definition = await define('order', signal);
    for (const state of definition.states) if (state.children && order.saga.children) await define(state.children, signal);
    if (isOperator()) {
      const isLive = !order.saga.outcome && !isStopped(order.saga.runtimeStatus);
      if (loaded.order !== order || isLive || loaded.query !== query) {
        loaded.history = await readHistory(query.instance ?? order.saga.instanceId, query.payloads, signal);
        for (const child of order.saga.children ?? []) {
          if (child.outcome) loaded.children.delete(child.instanceId);
          else loaded.children.set(child.instanceId, await readHistory(child.instanceId, null, signal));
        }
      }
    }
    Object.assign(loaded, { order, query });
  }

  async function define(name, signal) {
    if (!loaded.definitions.has(name)) loaded.definitions.set(name, await read(path(['sagas', name, 'definition']), signal));
    return loaded.definitions.get(name);
  }

  async function readHistory(instance, payloads, signal) {
    try {
      return await read(path(['orders', id, 'history'], { instance, payloads }), signal);
    } catch (refusal) {
      if (refusal.status !== 404 && refusal.status !== 501) throw refusal;
      return { events: [], instances: [], eventsMissing: refusal.message };
    }
  }

  function render(frame) {
    const { order, history } = loaded;
    const { query, now, go, refresh } = frame;
    const chosen = query.instance && query.instance !== order.saga.instanceId ? history?.instances.find(({ instanceId }) => instanceId === query.instance) : null;
    const subject = chosen ? subjectOf(chosen, history) : mainSubject(order, loaded.definitions.get('order'));
    const states = readStates(subject.definition, subject.story, now);
    const select = state => go({ select: state });
    const rows = history ? pair(history.events) : [];
    const selected = states.has(query.select) ? query.select : null;
    return [
      head(order, loaded.definitions.get('order'), frame, chosen),
      section('graph', chosen ? `Graph: ${subject.name}` : 'Graph', [
        graph({ name: subject.name, definition: subject.definition, path: subject.story.path, states, isUpright: !WIDE.matches, selected, onSelect: select }),
        selected ? selection(selected, states.get(selected)) : null,
        chosen || !order.saga.children ? null : childGraphs(order, frame),
      ]),
      section('timeline', 'Timeline', timeline({ steps: subject.story.steps, states, attempts: attemptsOf(rows), now, selected, onSelect: select })),
      order.saga.incidents.length ? section('incidents', 'Incidents', incidents(order, refresh)) : null,
      section('ledger', 'Money and stock', ledger(order)),
      isOperator() && history ? section('history', 'History', historyTable({
        rows,
        missing: history.eventsMissing,
        group: query.type ?? 'all',
        hasPayloads: query.payloads === 'true',
        isSelected: row => selected !== null && isOf(row, states.get(selected).report),
        onGroup: type => go({ type: type === 'all' ? null : type }),
        onPayloads: () => go({ payloads: query.payloads ? null : 'true' }),
        onDownload: () => download(history.instanceId),
        onChild: instanceId => frame.link({ instance: instanceId, select: null }),
      })) : null,
      isOperator() && history?.instances.length > 1 ? section('family', 'Sagas of this order', family(history, frame)) : null,
      order.decisions.length ? section('decisions', 'Decisions', decisions(order)) : null,
      section('items', 'Items', itemTable(order)),
    ];
  }

  function childGraphs(order, frame) {
    const [state] = loaded.definitions.get('order').states.filter(({ children }) => children);
    const definition = loaded.definitions.get(state.children);
    return h('div', { class: 'children', key: 'children' }, order.saga.children.map(child => {
      const story = storyOfChild(child, definition, loaded.children.get(child.instanceId), order);
      return h('section', { class: 'child', key: child.scope, 'aria-label': `Child saga ${child.scope}` },
        h('h3', {}, h('a', { href: frame.link({ instance: child.instanceId, select: null }) }, `${state.children} at ${child.scope}`), ' ', chip(standingOf(story))),
        graph({ name: `${state.children} at ${child.scope}`, definition, path: story.path, states: readStates(definition, story, frame.now), isUpright: true, selected: null, onSelect: select => frame.go({ instance: child.instanceId, select }) }));
    }));
  }

  function subjectOf(chosen, history) {
    const isChild = chosen.kind === 'Child';
    const { order } = loaded;
    const definition = isChild ? [...loaded.definitions.values()].find(({ name }) => name !== 'order') : loaded.definitions.get('order');
    const child = order.saga.children?.find(({ instanceId }) => instanceId === chosen.instanceId);
    const story = isChild && child
      ? storyOfChild(child, definition, history, order)
      : { ...empty, ...history.customStatus, isStopped: isStopped(chosen.runtimeStatus) };
    return { name: isChild ? `${definition.name} at ${chosen.scope}` : `saga ${chosen.instanceId}`, definition, story };
  }

  async function download(instance) {
    const body = await read(path(['orders', id, 'history'], { instance, payloads: 'true' }));
    const link = h('a', { href: URL.createObjectURL(new Blob([JSON.stringify(body, null, 2)], { type: 'application/json' })), download: `${instance}.history.json` });
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

// A saga and its children may wait each for itself. A child that an earlier run of the saga began is not among them.
function waitsOf({ parked, children }) {
  const waits = (children ?? []).flatMap(child => child.parked ?? []);
  return parked && !waits.some(({ scope }) => scope === parked.scope) ? [parked, ...waits] : waits;
}

const empty = { path: [], steps: [], incidents: [], outcome: null };

const chip = ({ status, word }) => h('span', { class: `chip ${status}` }, word);

const mainSubject = (order, definition) => ({
  name: 'order',
  definition,
  story: { ...order.saga, review: order.review, isStopped: !order.saga.outcome && isStopped(order.saga.runtimeStatus), parked: order.saga.parked?.scope ? null : order.saga.parked },
});

// What a child tells its parent comes with its end; until then its own status has it.
function storyOfChild(child, definition, history, order) {
  const live = child.outcome ? null : history?.customStatus;
  const steps = live?.steps ?? child.steps;
  const ends = definition.states.filter(({ kind, name }) => kind === 'End' && child.outcome && name.endsWith(child.outcome));
  return {
    ...empty,
    steps,
    path: live?.path ?? [...steps, ...ends].map(({ name }) => name),
    outcome: child.outcome ?? null,
    runtimeStatus: history?.runtimeStatus ?? 'Running',
    incidents: order.saga.incidents.filter(({ scope }) => scope === child.scope),
    parked: child.parked,
    isStopped: history ? !child.outcome && isStopped(history.runtimeStatus) : false,
  };
}

function head(order, definition, frame, chosen) {
  const { saga, review, total } = order;
  return h('div', { class: 'head', key: 'head' },
    h('p', { class: 'crumbs' }, h('a', { href: '#/orders' }, 'Orders'), ' / ', chosen ? h('a', { href: frame.link({ instance: null, select: null }) }, order.orderId) : order.orderId, chosen ? ` / ${chosen.scope ?? chosen.instanceId}` : null),
    h('h1', { tabindex: -1 }, `Order ${order.orderId} `, chip(standingOf({ ...saga, review }))),
    h('dl', { class: 'facts' },
      fact('Total', money(total)), fact('Customer', order.customerId), fact('Accepted', time(order.acceptedAt)), fact('Age', since(order.acceptedAt, frame.now)), fact('Instance', saga.runtimeStatus)),
    review ? h('p', { class: 'wait' },
      review.status === 'Waiting' ? h('strong', {}, `Waits for a review; decides itself ${until(review.deadline, frame.now)}. `) : `Review: ${review.status}${review.decision?.reviewer ? ` by ${review.decision.reviewer}` : ''}. `,
      review.flags.map(({ check, reason }) => `${check}: ${reason}`).join(' ')) : null,
    waitsOf(saga).map(({ state, scope, error, deadline }) => h('p', { class: 'wait' }, h('strong', {}, `Parked in ${state}${scope ? ` at ${scope}` : ''}`), `: ${error.replace(/\.$/, '')}. ${deadline ? `Goes back ${until(deadline, frame.now)}.` : 'Waits until somebody decides.'}`)),
    orderActions(order, definition, frame.refresh));
}

const section = (id, title, ...content) => h('section', { key: id, 'aria-labelledby': `title-${id}` }, h('h2', { id: `title-${id}` }, title), content);

const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));

function selection(name, state) {
  const { report } = state;
  return h('p', { class: 'selection', key: 'selection' }, h('strong', {}, name), `: ${describe(state)}.`,
    report ? ` Entered ${clock(report.startedAt)}, ${report.attempts} attempt${report.attempts === 1 ? '' : 's'}.` : '', report?.error && report.error !== state.text ? ` Error: ${report.error}` : '');
}

const isOf = (row, report) => Boolean(report) && row.from >= Date.parse(report.startedAt) && row.from < Math.max(Date.parse(report.startedAt) + 1, report.endedAt ? Date.parse(report.endedAt) : Infinity);

const incidents = (order, refresh) => order.saga.incidents.map(incident => h('article', { class: 'incident', key: incident.id },
  h('p', {}, h('span', { class: `chip ${incident.status === 'Open' ? 'stuck' : 'done'}` }, incident.status), ' ', h('strong', {}, incident.id), ` ${incident.error}`),
  incident.resolution ? h('p', { class: 'soft' }, `${incident.resolution}${incident.closedBy ? ` (${incident.closedBy})` : ''}`) : null,
  incidentActions(order.orderId, incident, refresh)));

const family = ({ instances }, frame) => h('ul', { class: 'family' }, instances.map(({ instanceId, kind, generation, scope, runtimeStatus, parent }) => h('li', { key: instanceId },
  h('a', { href: frame.link({ instance: instanceId, select: null }), 'aria-current': frame.query.instance === instanceId ? 'page' : null }, kind === 'Child' ? `Child at ${scope}` : `Saga ${generation}`),
  h('span', {}, ` ${runtimeStatus ?? 'gone'} `), h('code', {}, instanceId), parent ? h('span', { class: 'soft' }, ' child of ', h('a', { href: frame.link({ instance: parent, select: null }) }, parent)) : null)));

const decisions = order => h('ul', {}, order.decisions.map(({ at, kind, name, by, detail }) => h('li', {}, `${time(at)}: ${[...new Set([kind, name])].join(', ')}${by ? `, by ${by}` : ''}${detail ? `: ${detail}` : ''}`)));

const itemTable = order => h('table', {},
  h('thead', {}, h('tr', {}, ['Item', 'Description', 'Quantity', 'Unit price'].map(title => h('th', { scope: 'col' }, title)))),
  h('tbody', {}, order.items.map(({ itemId, description, qty, unitPrice }) => h('tr', {},
    h('td', { 'data-label': 'Item' }, itemId), h('td', { 'data-label': 'Description' }, description ?? '–'), h('td', { 'data-label': 'Quantity' }, qty),
    h('td', { 'data-label': 'Unit price' }, money({ amount: unitPrice, currency: order.total.currency }))))));
