// A saga as a picture: its states with what became of each, and the path that it has taken.

import { h, s } from './dom.js';
import { layOut } from './layout.js';
import { STATUS } from './states.js';
import { words } from './format.js';

/**
 * Draws a saga.
 * @param name What it is called, for those who cannot see it.
 * @param states What became of each state (states.js).
 * @param selected The name of the selected state, or null.
 * @param onSelect Is told the name of the state that was clicked.
 */
export function graph({ name, definition, path, states, isUpright, selected, onSelect }) {
  const { width, height, boxes, edges } = layOut(definition, path, isUpright);
  const id = `arrow-${name.replace(/\W/g, '-')}`;
  return h('div', { class: `graph ${isUpright ? 'upright' : ''}`, key: `graph-${name}` },
    s('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': `Graph of ${name}` },
      s('defs', {}, arrow(id, 'line'), arrow(`${id}-taken`, 'line taken')),
      edges.map(edge => s('path', {
        key: `${edge.from} ${edge.to}`,
        class: `line ${edge.isTaken ? 'taken' : ''} ${edge.isBackward ? 'backward' : ''}`,
        d: edge.line,
        'marker-end': `url(#${edge.isTaken ? `${id}-taken` : id})`,
      })),
      definition.states.map(state => box(state, boxes.get(state.name), states.get(state.name), selected === state.name, onSelect))),
    h('details', { class: 'as-text', key: 'text' },
      h('summary', {}, 'As text'),
      h('ol', {}, path.map((state, index) => h('li', {}, `${state}: ${describe(states.get(state))}`, index === path.length - 1 ? ' (now here)' : ''))),
      h('p', {}, `Not reached: ${definition.states.filter(state => states.get(state.name).status === 'idle').map(state => state.name).join(', ') || 'none'}.`)));
}

/** What became of a state, in words. */
export const describe = ({ word, text }) => `${word}${text ? `, ${text}` : ''}`;

function box(state, { x, y, width, height }, become, isSelected, onSelect) {
  // A margin on both sides, and within the double line of a state with children.
  const room = width - (state.children ? 18 : 8);
  const lines = wrap(state.name, room);
  const { sign } = STATUS[become.status];
  const most = Math.floor((room - 4) / 5.9);
  // An error is too long for a box, unless it is a code.
  const note = become.note.length + 2 > most ? become.word : become.note;
  const select = () => onSelect(isSelected ? null : state.name);
  return s('g', {
    key: state.name,
    class: `state ${become.status} ${state.kind.toLowerCase()}`,
    transform: `translate(${x},${y})`,
    tabindex: 0,
    role: 'button',
    'aria-pressed': String(isSelected),
    'aria-description': `${state.kind}: ${describe(become)}`,
    onclick: select,
    onkeydown: event => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      select();
    },
  },
  s('rect', { width, height, rx: state.kind === 'End' ? height / 2 : 6 }),
  state.children ? s('path', { class: 'many', d: `M5,0 V${height} M${width - 5},0 V${height}` }) : null,
  lines.map((text, index) => s('text', { class: 'name', x: width / 2, y: 18 + index * 13 - (lines.length - 1) * 2 }, text)),
  s('text', { class: 'note', x: width / 2, y: height - 6 }, note && `${sign} ${note}`));
}

// A long name stands in two lines, parted where a word begins.
function wrap(name, width) {
  if (name.length * 8.2 <= width) return [name];
  const parts = words(name).split(' ');
  const half = name.length / 2;
  let first = '';
  while (parts.length > 1 && (first + parts[0]).length <= half + 3) first += parts.shift();
  return [first, parts.join('')];
}

const arrow = (id, kind) => s('marker', { id, class: kind, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, markerUnits: 'userSpaceOnUse', orient: 'auto' },
  s('path', { d: 'M0,0 L8,4 L0,8 z' }));
