// What a refusal says, in words.

/** What went wrong: the host's own words, where it gave some. */
export const describe = error => error.message;
