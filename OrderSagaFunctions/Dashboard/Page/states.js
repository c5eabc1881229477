// What became of each state of a saga: one reading of its story, for the graph, the timeline and the texts.

import { until } from './format.js';

/** The signs and words of what can become of a state; the page's colours go by the same names. */
export const STATUS = {
  idle: { sign: '', word: 'not reached' },
  running: { sign: '●', word: 'running' },
  retrying: { sign: '↻', word: 'retrying' },
  waiting: { sign: 'Ⅱ', word: 'waiting' },
  done: { sign: '✓', word: 'done' },
  failed: { sign: '✕', word: 'failed' },
  undone: { sign: '↶', word: 'undone' },
  stuck: { sign: '!', word: 'could not be undone' },
};

/**
 * Reads a saga's story.
 * @param definition The saga's states, as the API has them.
 * @param story Its path, steps, outcome, parked state, open incidents and, of an order's own saga, its review.
 * @param now The time.
 * @returns A map of state names to { status, word, text, note, report }: `word` says the status, `text` has all, `note` what a box has, if there is room for it.
 */
export function readStates(definition, story, now) {
  const reports = new Map(story.steps.map(step => [step.name, step]));
  const open = new Map(story.incidents.filter(({ status }) => status === 'Open').map(incident => [incident.compensation, incident]));
  const closed = new Map(story.incidents.filter(({ status }) => status === 'Closed').map(incident => [incident.compensation, incident]));
  return new Map(definition.states.map(state => {
    const report = reports.get(state.name);
    const became = become(state, report);
    const word = became.status === 'stuck' && state.kind === 'Compensation' ? 'not done' : STATUS[became.status].word;
    return [state.name, { report, word, note: noteOf(state, word, became), ...became }];
  }));

  function become(state, report) {
    if (state.kind === 'End') return end(state);
    if (story.parked?.state === state.name) return { status: 'waiting', text: 'for an operator' };
    if (state.kind === 'Compensation' && open.has(state.name)) return { status: 'stuck', text: open.get(state.name).error };
    if (state.kind === 'Compensation' && closed.has(state.name)) return { status: 'done', text: closed.get(state.name).resolution ?? 'dealt with' };
    if (!report) return { status: 'idle', text: '' };
    if (report.outcome === 'Running') return running(state, report);
    if (report.outcome !== 'Succeeded') return { status: state.kind === 'Compensation' ? 'stuck' : 'failed', text: report.error ?? '' };
    if (!state.compensatedBy) return { status: 'done', text: tries(report) };
    if (open.has(state.compensatedBy)) return { status: 'stuck', text: `${state.compensatedBy} is open` };
    return reports.get(state.compensatedBy)?.outcome === 'Succeeded' || closed.has(state.compensatedBy)
      ? { status: 'undone', text: `by ${state.compensatedBy}` }
      : { status: 'done', text: tries(report) };
  }

  function running(state, report) {
    if (story.isStopped) return { status: 'failed', text: 'stopped from outside' };
    if (story.review?.status === 'Waiting' && state.name === 'Review') return { status: 'waiting', text: 'for a reviewer' };
    if (report.nextAttemptAt) return { status: 'retrying', text: `attempt ${report.attempts + 1} of ${report.maxAttempts} ${until(report.nextAttemptAt, now)}`, note: `${report.attempts + 1} of ${report.maxAttempts} ${until(report.nextAttemptAt, now)}` };
    return report.maxAttempts
      ? { status: 'retrying', text: `attempt ${report.attempts} of ${report.maxAttempts}` }
      : { status: 'running', text: '' };
  }

  function end(state) {
    if (story.path.at(-1) !== state.name) return { status: 'idle', text: '' };
    return { status: { Succeeded: 'done', Cancelled: 'undone' }[story.outcome] ?? 'failed', text: '' };
  }
}

function noteOf({ kind }, word, { status, text }) {
  if (status === 'idle') return '';
  if (status === 'stuck') return kind === 'Compensation' ? word : 'not undone';
  return text || word;
}

const tries = report => report.attempts > 1 ? `${report.attempts} attempts` : '';

/** The status of a saga as a whole, by its story. */
export const standingOf = story => statusOf({
  ...story,
  isParked: story.parked,
  isInReview: story.review?.status === 'Waiting',
  openIncidents: story.incidents.filter(({ status }) => status === 'Open').length,
  retrying: story.steps.at(-1)?.maxAttempts,
});

/** The same by its row in the list. */
export function statusOf({ outcome, runtimeStatus, isParked, openIncidents, isInReview, retrying }) {
  if (openIncidents > 0) return { status: 'stuck', word: outcome ? `${outcome}, incomplete` : 'incident' };
  if (outcome) return { status: { Succeeded: 'done', Cancelled: 'undone' }[outcome] ?? 'failed', word: outcome };
  if (isStopped(runtimeStatus)) return { status: 'failed', word: 'Stopped' };
  if (isParked) return { status: 'waiting', word: 'Parked' };
  if (isInReview) return { status: 'waiting', word: 'In review' };
  return retrying ? { status: 'retrying', word: 'Retrying' } : { status: 'running', word: runtimeStatus === 'Pending' ? 'Pending' : 'Running' };
}

/** Whether an instance without an outcome will not go on by itself. */
export const isStopped = runtimeStatus => ['Terminated', 'Failed', 'Completed', 'Canceled'].includes(runtimeStatus);
