// Time as bars: a row a state, a bar an attempt. Time in which nothing runs is folded.

import { h } from './dom.js';
import { clock, length } from './format.js';
import { STATUS } from './states.js';

const FOLDED = 0.06;

/**
 * Draws the times of a saga's steps.
 * @param steps The step reports, in the order of the story.
 * @param states What became of each state.
 * @param attempts The attempts that the history shows: [{ name, from, to, isFailed }], times in milliseconds.
 */
export function timeline({ steps, states, attempts, now, selected, onSelect }) {
  if (steps.length === 0) return h('p', { class: 'empty' }, 'No step has begun.');
  const rows = steps.map(step => row(step, attempts, now));
  const scale = fold(rows);
  return h('div', { class: 'timeline' },
    rows.map(({ step, from, to, tries }) => h('button', {
      type: 'button',
      class: `row ${selected === step.name ? 'selected' : ''}`,
      key: step.name,
      'aria-pressed': String(selected === step.name),
      onclick: () => onSelect(selected === step.name ? null : step.name),
    },
    h('span', { class: 'label' }, step.name),
    h('span', { class: 'track' },
      bar(scale, { from, to }, `span ${states.get(step.name)?.status ?? ''}`, `${step.name}: ${length(to - from)}`),
      tries.map(attempt => bar(scale, attempt, `attempt ${attempt.isFailed ? 'failed' : attempt.isOpen ? 'running' : 'done'}`, `${attempt.name}: ${length(attempt.to - attempt.from)}`)),
      scale.folds.map(({ at }) => h('span', { class: 'fold', style: { left: `${at * 100}%` } }))),
    h('span', { class: 'amount' }, `${length(to - from)}${step.attempts > 1 ? `, ${step.attempts} attempts` : ''}`))),
    h('p', { class: 'axis' },
      h('span', {}, clock(rows[0].from)),
      scale.folds.length ? h('span', {}, `┊ folded: ${length(scale.folds.reduce((sum, { lasts }) => sum + lasts, 0))} in which nothing ran`) : null,
      h('span', {}, clock(Math.max(...rows.map(({ to }) => to))))),
    h('p', { class: 'legend' }, ['done', 'failed', 'running', 'waiting'].map(status => h('span', { class: `chip ${status}` }, `${STATUS[status].sign} ${status === 'waiting' ? 'waiting or between attempts' : `attempt ${status}`}`))));
}

function row(step, attempts, now) {
  const from = Date.parse(step.startedAt);
  const to = Math.max(from, step.endedAt ? Date.parse(step.endedAt) : now.getTime());
  // A turn schedules at the time at which the state is entered, and the clock of both is the orchestration's.
  const own = attempts.filter(attempt => attempt.from >= from && attempt.from < Math.max(to, from + 1));
  // Without a history the whole time of a step stands for its attempts.
  if (own.length === 0 && attempts.length === 0) {
    const isOpen = step.outcome === 'Running';
    return { step, from, to, tries: [{ name: step.name, from, to, isOpen, isFailed: !isOpen && step.outcome !== 'Succeeded' }] };
  }
  return { step, from, to, tries: own.map(attempt => ({ ...attempt, to: Math.min(attempt.to ?? now.getTime(), to), isOpen: attempt.to === null })) };
}

/** A scale from times to parts of the width, on which long times without a running attempt have a fixed width. */
function fold(rows) {
  const marks = [...new Set(rows.flatMap(({ from, to, tries }) => [from, to, ...tries.flatMap(attempt => [attempt.from, attempt.to])]))].sort((a, b) => a - b);
  const busy = rows.flatMap(({ tries, from, to }) => tries.length ? tries : [{ from, to }]);
  const pieces = marks.slice(1).map((to, index) => {
    const from = marks[index];
    return { from, to, isBusy: busy.some(bar => bar.from <= from && bar.to >= to) };
  });
  const active = pieces.filter(({ isBusy }) => isBusy).reduce((sum, { from, to }) => sum + to - from, 0) || 1;
  const isFolded = ({ isBusy, from, to }) => !isBusy && to - from > active * 0.25;
  const widths = pieces.map(piece => isFolded(piece) ? active * FOLDED * 2 : piece.to - piece.from);
  const whole = widths.reduce((sum, width) => sum + width, 0) || 1;
  const starts = [];
  let sum = 0;
  for (const width of widths) {
    starts.push(sum / whole);
    sum += width;
  }
  return {
    folds: pieces.flatMap((piece, index) => isFolded(piece) ? [{ at: starts[index] + widths[index] / whole / 2, lasts: piece.to - piece.from }] : []),
    place: time => {
      const index = pieces.findIndex(({ from, to }) => time >= from && time < to);
      if (index < 0) return time <= marks[0] ? 0 : 1;
      const { from, to } = pieces[index];
      return starts[index] + (time - from) / (to - from) * widths[index] / whole;
    },
  };
}

function bar(scale, { from, to }, kind, title) {
  const left = scale.place(from);
  return h('span', { class: `bar ${kind}`, title, style: { left: `${left * 100}%`, width: `${(scale.place(to) - left) * 100}%` } });
}
