/** What agents read for the desk's words: why a chat was handed over, and where it stands. */

export const REASONS = /** @type {Record<string, string>} */ ({
  people_only: 'Topic for people',
  upset: 'Upset',
  asked: 'Asked for a person',
  failed: 'Not answered',
  engine_failure: 'Assistant was down',
});

export const STATES = /** @type {Record<string, string>} */ ({
  bot: 'With the assistant',
  waiting: 'Waiting',
  assigned: 'With an agent',
  message_left: 'Message left',
  resolved: 'Resolved',
});
