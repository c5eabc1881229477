// An orchestration's history, as sentences in the order of time.

import { h } from './dom.js';
import { length, text, time } from './format.js';

// What an event of a type says, and what colours it.
const TYPES = {
  ExecutionStarted: [({ FunctionName: name }) => `${name} started`, 'running'],
  ExecutionCompleted: [({ OrchestrationStatus: status }) => `Ended: ${status ?? 'Completed'}`, 'done'],
  ExecutionFailed: [() => 'Ended: Failed', 'failed'],
  ExecutionTerminated: [() => 'Terminated', 'failed'],
  ExecutionSuspended: [() => 'Suspended', 'waiting'],
  ExecutionResumed: [() => 'Resumed', 'running'],
  ExecutionRewound: [() => 'Rewound', 'running'],
  ContinueAsNew: [() => 'Continued as new', 'running'],
  TaskScheduled: [({ FunctionName: name, Name: other }) => `Activity ${name ?? other} runs`, 'running'],
  TaskCompleted: [({ FunctionName: name }) => `Activity ${name} completed`, 'done'],
  TaskFailed: [({ FunctionName: name }) => `Activity ${name} failed`, 'failed'],
  SubOrchestrationInstanceCreated: [({ FunctionName: name }) => `Sub-orchestration ${name} runs`, 'running'],
  SubOrchestrationInstanceCompleted: [({ FunctionName: name }) => `Sub-orchestration ${name} completed`, 'done'],
  SubOrchestrationInstanceFailed: [({ FunctionName: name }) => `Sub-orchestration ${name} failed`, 'failed'],
  TimerCreated: [({ FireAt: at }) => `Timer waits${at ? ` until ${time(at)}` : ''}`, 'waiting'],
  TimerFired: [() => 'Timer fired', 'done'],
  EventRaised: [({ Name: name }) => `Event ${name} received`, 'done'],
  EventSent: [({ Name: name }) => `Event ${name} sent`, 'done'],
};

/** Draws the history. */
export function timeline({ historyEvents = [] }) {
  if (historyEvents.length === 0) return h('p', { class: 'soft' }, 'Nothing has happened yet.');
  const start = new Date(historyEvents[0].Timestamp);
  return h('ol', { class: 'timeline' }, historyEvents.map((event, index) => {
    const [say, colour] = TYPES[event.EventType] ?? [() => event.EventType, ''];
    const took = event.ScheduledTime ? new Date(event.Timestamp) - new Date(event.ScheduledTime) : null;
    return h('li', { key: `event-${index}-${event.EventType}`, class: colour },
      h('span', { class: 'at soft', title: time(event.Timestamp) }, `+${length(new Date(event.Timestamp) - start)}`),
      h('div', {},
        h('span', { class: 'what' }, say(event)),
        took === null ? null : h('span', { class: 'soft' }, ` after ${length(took)}`),
        event.Reason ? h('p', { class: 'reason' }, event.Reason) : null,
        details(event)));
  }));
}

const details = event => [['Input', event.Input], ['Result', event.Result], ['Failure', event.FailureDetails]]
  .filter(([, value]) => value !== undefined && value !== null)
  .map(([title, value]) => h('details', { key: title }, h('summary', {}, title), h('pre', { tabindex: 0, 'aria-label': title }, text(value))));
