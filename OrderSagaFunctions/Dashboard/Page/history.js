// The engine's history of an instance: what was scheduled and what came of it in one row.

import { h } from './dom.js';
import { clock, length, time } from './format.js';

const GROUPS = {
  all: () => true,
  activities: row => row.kind === 'Activity',
  timers: row => row.kind === 'Timer',
  children: row => row.kind === 'Child saga',
  events: row => row.kind.startsWith('Event'),
  instance: row => row.kind.startsWith('Instance'),
};

const SCHEDULED = { TaskScheduled: 'Activity', TimerCreated: 'Timer', SubOrchestrationInstanceCreated: 'Child saga' };
const ENDED = { TaskCompleted: 'done', TaskFailed: 'failed', TimerFired: 'done', SubOrchestrationInstanceCompleted: 'done', SubOrchestrationInstanceFailed: 'failed' };
const OTHERS = {
  ExecutionStarted: 'Instance started', ExecutionCompleted: 'Instance completed', ExecutionTerminated: 'Instance terminated',
  ExecutionSuspended: 'Instance suspended', ExecutionResumed: 'Instance resumed', ContinueAsNew: 'Instance began anew',
  ExecutionRewound: 'Instance rewound', EventRaised: 'Event received', EventSent: 'Event sent',
};

/** Pairs events: [{ id, kind, name, attempt, from, to, status, input, output, error, instanceId, fireAt }]. */
export function pair(events) {
  const rows = [];
  const waiting = new Map();
  const counts = new Map();
  for (const event of events) {
    const at = Date.parse(event.at);
    if (event.type in SCHEDULED) {
      const kind = SCHEDULED[event.type];
      const attempt = kind === 'Activity' ? (counts.get(event.name) ?? 0) + 1 : null;
      if (attempt) counts.set(event.name, attempt);
      const row = { id: event.eventId, kind, name: event.name ?? '', attempt, from: at, to: null, status: 'running', input: event.input, instanceId: event.instanceId, fireAt: event.fireAt };
      waiting.set(`${kind} ${event.eventId}`, row);
      rows.push(row);
    } else if (event.type in ENDED) {
      const kind = event.type.startsWith('Task') ? 'Activity' : event.type.startsWith('Timer') ? 'Timer' : 'Child saga';
      const row = waiting.get(`${kind} ${event.scheduledId}`);
      if (row) Object.assign(row, { to: at, status: ENDED[event.type], output: event.output, error: event.error ?? (event.reason ? { message: event.reason } : undefined) });
    } else if (event.type in OTHERS) {
      rows.push({ id: event.eventId >= 0 ? event.eventId : null, kind: OTHERS[event.type], name: event.name ?? event.reason ?? '', attempt: null, from: at, to: at, status: event.error ? 'failed' : 'done', input: event.input, output: event.output, error: event.error });
    }
  }
  // What an instance that has ended was still waiting for will not come.
  const hasEnded = rows.some(({ kind }) => kind === 'Instance completed' || kind === 'Instance terminated');
  for (const row of rows) if (hasEnded && row.to === null) row.status = 'idle';
  return rows;
}

/** The attempts among the rows, for the timeline. */
export const attemptsOf = rows => rows.filter(({ kind }) => kind === 'Activity' || kind === 'Child saga')
  .map(({ name, from, to, status }) => ({ name, from, to, isFailed: status === 'failed' }));

/**
 * Draws a history.
 * @param rows What `pair` gave; with inputs, outputs and errors if they were asked for.
 * @param group Which rows to show.
 * @param isSelected Whether a row belongs to what is selected.
 */
export function historyTable({ rows, missing, group, isSelected, hasPayloads, onGroup, onPayloads, onDownload, onChild }) {
  if (missing) return h('p', { class: 'empty' }, missing);
  const shown = rows.filter(GROUPS[group] ?? GROUPS.all);
  return h('div', { class: 'history' },
    h('div', { class: 'bar-of-tools' },
      h('label', {}, 'Show ', h('select', { onchange: event => onGroup(event.target.value) },
        Object.keys(GROUPS).map(name => h('option', { value: name, selected: name === group }, name)))),
      h('button', { type: 'button', onclick: onPayloads }, hasPayloads ? 'Hide inputs and outputs' : 'Show inputs and outputs'),
      h('button', { type: 'button', onclick: onDownload }, 'Download as JSON')),
    h('table', {},
      h('thead', {}, h('tr', {}, ['Id', 'Type', 'Step', 'Attempt', 'Elapsed', 'Time'].map(title => h('th', { scope: 'col' }, title)))),
      h('tbody', {}, shown.flatMap((row, index) => [
        h('tr', { key: `row-${row.kind}-${row.id ?? index}`, class: isSelected(row) ? 'selected' : '' },
          h('td', { 'data-label': 'Id' }, row.id ?? '–'),
          h('td', { 'data-label': 'Type' }, h('span', { class: `chip ${row.status}` }, row.kind), row.status === 'running' ? ' open' : row.status === 'idle' ? ' called off' : row.status === 'failed' ? ' failed' : ''),
          h('td', { 'data-label': 'Step' }, row.instanceId ? h('a', { href: onChild(row.instanceId) }, row.name || row.instanceId) : row.fireAt ? `due ${time(row.fireAt)}` : row.name || '–'),
          h('td', { 'data-label': 'Attempt' }, row.attempt ?? '–'),
          h('td', { 'data-label': 'Elapsed' }, row.to === null ? (row.status === 'idle' ? '–' : '…') : row.to === row.from ? '–' : length(row.to - row.from)),
          h('td', { 'data-label': 'Time' }, clock(row.from))),
        row.error || hasPayloads ? details(row, index) : null,
      ]))));
}

function details(row, index) {
  const parts = [['Input', row.input], ['Output', row.output], ['Error', row.error]].filter(([, value]) => value !== undefined && value !== null);
  return parts.length === 0 ? null : h('tr', { key: `more-${row.kind}-${row.id ?? index}`, class: 'more' },
    h('td', { colspan: 6 }, parts.map(([title, value]) => h('details', { key: title },
      h('summary', {}, title === 'Error' ? `Error: ${value.message ?? ''}` : title),
      h('pre', { tabindex: 0 }, JSON.stringify(value, null, 2))))));
}
