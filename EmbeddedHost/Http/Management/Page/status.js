// An orchestration's statuses.

import { h } from './dom.js';

export const STATUSES = ['Pending', 'Running', 'Suspended', 'Completed', 'Failed', 'Terminated'];

const CLASSES = { Completed: 'done', Failed: 'failed', Terminated: 'failed', Running: 'running', Pending: 'running', Suspended: 'waiting' };

export const isOver = status => ['Completed', 'Failed', 'Terminated', 'Canceled'].includes(status);

export const chip = status => h('span', { class: `chip ${CLASSES[status] ?? ''}` }, status);
