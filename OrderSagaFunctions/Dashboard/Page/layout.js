// Where the states of a saga stand: the steps in one line, what undoes each beside it, and whom that tells beside that again.
// Lines run from left to right, or from top to bottom where there is less room.

const LYING = { box: { width: 136, height: 50 }, gap: { along: 32, across: 38 }, margin: 26 };
const UPRIGHT = { box: { width: 118, height: 50 }, gap: { along: 26, across: 16 }, margin: 24 };

/**
 * @param definition The saga's states and transitions, as the API has them.
 * @param path The states that this saga has entered, in order.
 * @param isUpright Whether the steps stand below each other.
 * @returns { width, height, boxes: Map of names to { x, y, width, height }, edges: [{ from, to, on, isTaken, isBackward, line }] }
 */
export function layOut(definition, path, isUpright) {
  const cells = place(definition);
  const { box, gap, margin } = isUpright ? UPRIGHT : LYING;
  const boxes = new Map([...cells].map(([name, [along, across]]) => {
    const [column, row] = isUpright ? [across, along] : [along, across];
    const [between, below] = isUpright ? [gap.across, gap.along] : [gap.along, gap.across];
    return [name, { x: margin + column * (box.width + between), y: margin + row * (box.height + below), ...box }];
  }));
  const all = [...boxes.values()];
  return {
    width: Math.max(...all.map(box => box.x + box.width)) + margin,
    height: Math.max(...all.map(box => box.y + box.height)) + margin,
    boxes,
    edges: edgesOf(definition, path).map(edge => ({ ...edge, line: route(boxes.get(edge.from), boxes.get(edge.to), cells.get(edge.from), cells.get(edge.to), isUpright) })),
  };
}

function place({ states }) {
  const steps = states.filter(({ kind }) => !['Compensation', 'Notification', 'End'].includes(kind));
  const cells = new Map();
  steps.forEach((step, index) => {
    cells.set(step.name, [index + 1, 0]);
    if (step.compensatedBy) cells.set(step.compensatedBy, [index + 1, 1]);
  });
  // A notification follows its compensation in the list.
  states.forEach((state, index) => {
    if (state.kind === 'Notification' && !cells.has(state.name)) cells.set(state.name, [cells.get(states[index - 1].name)[0], 2]);
  });
  const [succeeded, ...others] = states.filter(({ kind }) => kind === 'End');
  cells.set(succeeded.name, [steps.length + 1, 0]);
  others.forEach((end, index) => cells.set(end.name, [0, index + 1]));
  return cells;
}

// What belongs to each saga is always there; what happens rarely, only where this one has taken it.
function edgesOf({ states, transitions }, path) {
  const taken = new Set(path.slice(1).map((to, index) => `${path[index]} ${to}`));
  const kinds = new Map(states.map(({ name, kind }) => [name, kind]));
  const isUsual = ({ from, to, on }) => on === 'Success' || (on === 'Failure' && kinds.get(to) !== 'End' && !(kinds.get(from) === 'Compensation' && kinds.get(to) === 'Compensation') && kinds.get(from) !== 'Pivot');
  const edges = new Map();
  for (const transition of transitions) {
    const key = `${transition.from} ${transition.to}`;
    if (!edges.has(key) && (taken.has(key) || isUsual(transition))) {
      edges.set(key, { ...transition, isTaken: taken.has(key), isBackward: transition.on !== 'Success' || kinds.get(transition.from) === 'Compensation' });
    }
  }
  // Taken last, so that it lies above the others.
  return [...edges.values()].sort((a, b) => a.isTaken - b.isTaken);
}

function route(from, to, fromCell, toCell, isUpright) {
  const swap = point => isUpright ? [point[1], point[0]] : point;
  // Counted along the line of steps (a) and across it (c), whichever way that runs.
  const a = box => isUpright ? { start: box.y, length: box.height } : { start: box.x, length: box.width };
  const c = box => isUpright ? { start: box.x, length: box.width } : { start: box.y, length: box.height };
  const middle = ({ start, length }) => start + length / 2;
  const end = ({ start, length }) => start + length;
  const [fa, fc, ta, tc] = [a(from), c(from), a(to), c(to)];
  const ways = toCell[0] - fromCell[0];
  if (fromCell[1] === toCell[1]) {
    const [x1, x2] = ways > 0 ? [end(fa), ta.start] : [fa.start, end(ta)];
    if (Math.abs(ways) === 1) return line(swap([x1, middle(fc)]), swap([x2, middle(tc)]));
    // Over those in between.
    const over = fc.start - 20;
    const [x3, x4] = [middle(fa) + 20 * Math.sign(ways), middle(ta) - 20 * Math.sign(ways)];
    return curve(swap([x3, fc.start]), swap([x3, over]), swap([x4, over]), swap([x4, tc.start]));
  }
  const down = toCell[1] > fromCell[1];
  if (ways === 0) {
    return line(swap([middle(fa), down ? end(fc) : fc.start]), swap([middle(ta), down ? tc.start : end(tc)]));
  }
  if (fromCell[1] > 0 && toCell[0] === 0 && fromCell[0] > 1) {
    // To an end of the way back, which stands before the first step: around what stands in between.
    const lane = end(fc) + (fromCell[1] > 1 ? 13 : isUpright ? 8 : 19);
    const gutter = end(ta) + 14;
    const off = fromCell[1] > 1 ? 0 : -24;
    return corners([[middle(fa) + off, end(fc)], [middle(fa) + off, lane], [gutter, lane], [gutter, middle(tc) + 8], [end(ta), middle(tc) + 8]].map(swap));
  }
  const x1 = middle(fa) + (ways > 0 ? 16 : -16);
  const x2 = middle(ta) - (ways > 0 ? 16 : -16);
  const [y1, y2] = down ? [end(fc), tc.start] : [fc.start, end(tc)];
  return curve(swap([x1, y1]), swap([x1, (y1 + y2) / 2]), swap([x2, (y1 + y2) / 2]), swap([x2, y2]));
}

const text = ([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`;
const corners = points => `M${points.map(text).join(' L')}`;
const line = (from, to) => `M${text(from)} L${text(to)}`;
const curve = (from, control1, control2, to) => `M${text(from)} C${text(control1)} ${text(control2)} ${text(to)}`;
