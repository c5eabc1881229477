// Calls of the API. What has been read is asked for again only if it has changed (ETag), and actions are sent with their note.

import * as session from './session.js';

const known = new Map();
const MOST_KNOWN = 50;

/** An answer that is not a success: its problem (RFC 9457), where it has one. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `The answer was ${status}.`);
    this.status = status;
    this.problem = problem ?? {};
  }
}

/** Reads JSON. Gives the same object for as long as the answer stays the same. */
export async function read(path, signal) {
  const last = known.get(path);
  // Said here: with no-store a browser else says no-cache, and has all orders counted anew for it.
  const headers = { ...session.headers(), 'Cache-Control': 'max-age=0', ...(last?.etag ? { 'If-None-Match': last.etag } : {}) };
  const response = await fetch(path, { headers, signal, cache: 'no-store' });
  if (response.status === 304) return last.body;
  const body = await bodyOf(response);
  known.delete(path);
  known.set(path, { etag: response.headers.get('ETag'), body });
  if (known.size > MOST_KNOWN) known.delete(known.keys().next().value);
  return body;
}

/** Sends JSON and returns the answer's body. */
export async function send(path, body, extra = {}) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { ...session.headers(), 'Content-Type': 'application/json', ...extra },
    body: JSON.stringify(body),
  });
  return bodyOf(response);
}

/** A path below /api/ with a query of those values that are there. */
export function path(segments, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const text = segments.map(encodeURIComponent).join('/');
  return given.length ? `${text}?${new URLSearchParams(given)}` : text;
}

async function bodyOf(response) {
  const text = await response.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    // An answer of something in between, such as a proxy.
  }
  if (response.ok) return body;
  throw new Refusal(response.status, body);
}
