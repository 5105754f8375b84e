/**
 * Every error that a person can meet: its code, the HTTP status that fits, what happened and what to do next.
 * `{…}` in a sentence is filled from the error's data. The documentation prints this table.
 */
export const errorCatalogue = {
  // capture: the SDK hears these
  BODY_NOT_JSON: {
    status: 400,
    message: 'The body is not JSON: {detail}.',
    next: 'Look at the raw body of this event; the SDK or a proxy on the way has damaged it.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    message: 'The body is larger than {limitMegabytes} MB.',
    next: 'Send smaller batches: the real service refuses more than 500 KB.',
  },
  BODY_NOT_DECODED: {
    status: 400,
    message: 'The body says it is {encoding}, but could not be decoded: {detail}.',
    next: 'Check the Content-Encoding header and what compresses the body.',
  },
  CALL_NOT_OBJECT: {
    status: 400,
    message: 'A call must be a JSON object, this one is {found}.',
    next: 'Send {"type": "track", …}; a batch is {"batch": [ … ]}.',
  },
  CALL_TYPE_UNKNOWN: {
    status: 400,
    message: 'The type of the call is {found}.',
    next: 'Use track, identify, page, screen, group or alias.',
  },
  CALL_TOO_DEEP: {
    status: 400,
    message: 'The body is nested more than {limit} levels deep.',
    next: 'Flatten it: metadata deeper than five levels is of no use to anyone.',
  },
  PATH_UNKNOWN: {
    status: 404,
    message: 'There is nothing at {path}.',
    next: 'SDKs post to {known}.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    message: '{path} does not take {method}.',
    next: 'Use {allowed}.',
  },
  SCRIPT_UNKNOWN: {
    status: 404,
    message: 'The browser SDK that is served here has no {file}.',
    next: 'Reload the page: its script is from before an update.',
  },
  SCRIPT_MISSING: {
    status: 500,
    message: 'The files of the browser SDK can’t be read: {detail}.',
    next: 'Run `npm run build`, or install Trackside anew.',
  },
  HTTP_MALFORMED: {
    status: 400,
    message: 'This is not HTTP: {detail}.',
    next: 'Send plain HTTP/1.1 to this port; an address that begins with https:// needs the https port.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    message: 'The headers of this request are larger than {limitKilobytes} KB.',
    next: 'Look at its cookies: those of every page on this host come along.',
  },
  REQUEST_TOO_SLOW: {
    status: 408,
    message: 'The request did not arrive in full in time.',
    next: 'Check that as many bytes are sent as Content-Length says.',
  },
  HTTPS_NEEDED: {
    status: 400,
    message: 'This port speaks https, and this was plain http.',
    next: 'Write https:// in the address that the SDK sends to, or use the port of http.',
  },
  HTTPS_OFF: {
    status: 404,
    message: 'Capture does not speak https at the moment.',
    next: 'Switch it on in Settings, or start with `trackside serve --https`.',
  },
  POSTHOG_UNSUPPORTED: {
    status: 404,
    message: 'This is a PostHog call, and PostHog does not speak the Segment protocol.',
    next: 'Point a Segment-compatible SDK here.',
  },
  LOG_UNWRITABLE: {
    status: 503,
    message: 'The call could not be stored: {detail}.',
    next: 'Free some disk space or pick another --data directory; the SDK will retry.',
  },
  LOG_LOCKED: {
    status: 503,
    message: 'The call could not be stored: another program has locked {file}.',
    next: 'Close the program that has it open for writing; the SDK will retry.',
  },
  LOG_GONE: {
    status: 503,
    message: 'The call could not be stored: {file} was moved or deleted while Trackside was running.',
    next: 'Put it back, or start Trackside again to begin a new log; the SDK will retry.',
  },
  CAPTURE_OVERLOADED: {
    status: 503,
    message: 'More calls are waiting than can be stored in time.',
    next: 'The SDK will retry; if it stays, look at what else keeps the disk busy.',
  },
  CALL_UNSTORABLE: {
    status: 400,
    message: 'This request can’t be stored as it is: {detail}.',
    next: 'The others are; report it with the raw body of this event.',
  },
  BATCH_TOO_LONG: {
    status: 413,
    message: 'The batch has {calls} calls, more than {limit}.',
    next: 'Send smaller batches: the real service takes 2,500.',
  },
  BATCH_SHARES_TOO_MUCH: {
    status: 413,
    message: 'The batch says {kilobytes} KB about all of its calls, too much for {calls} of them.',
    next: 'Send smaller batches, or less in `context` and `integrations` beside the calls: the real service takes 500 KB in all.',
  },
  FAULT_ON_PURPOSE: {
    status: 503,
    message: 'The call is captured, and Trackside answers {answered} on purpose.',
    next: 'Switch the fault off in the settings when you have seen what the SDK makes of it.',
  },
  ANALYSIS_BEHIND: {
    status: 503,
    message: 'Analysis has reached event {analysedUpTo} of {lastEventId}, and this needs all of them.',
    next: 'Try again in a moment: it catches up by itself.',
  },
  ANALYSIS_UNWRITABLE: {
    status: 503,
    message: 'What was captured can’t be analysed: {detail}.',
    next: 'Free some disk space. Nothing captured is lost, and analysis goes on by itself.',
  },
  // app: page, command and scripts hear these
  TOKEN_MISSING: {
    status: 401,
    message: 'This needs the token.',
    next: 'Send "Authorization: Bearer <token>"; `trackside serve` prints it and the file `token` in the data directory holds it.',
  },
  TOKEN_WRONG: {
    status: 401,
    message: 'The token is not the right one.',
    next: 'Open the address that `trackside serve` prints, or read the file `token` in the data directory.',
  },
  HOST_FOREIGN: {
    status: 403,
    message: 'The Host header {host} is not an address of this app.',
    next: 'Open {app} instead.',
  },
  ORIGIN_FOREIGN: {
    status: 403,
    message: 'Pages of {origin} may not talk to this app.',
    next: 'Open {app} instead, or call the API from a script with the token.',
  },
  API_UNKNOWN: {
    status: 404,
    message: 'The API has no {method} {path}.',
    next: 'See /api/v1/openapi.json for what it has.',
  },
  NOT_FOUND: { status: 404, message: 'There is no {what} {id}.', next: 'It may have been deleted.' },
  INPUT_INVALID: {
    status: 400,
    message: 'The input does not fit: {detail}.',
    next: 'See /api/v1/openapi.json for what this call takes.',
  },
  QUERY_SYNTAX: {
    status: 400,
    message: '{detail}',
    next: 'Mend the query at the marked place.',
  },
  PLAN_UNREADABLE: {
    status: 400,
    message: '{file}, line {line}, column {column}: {detail}.',
    next: 'Mend the file there and import it again: nothing of it was taken over.',
  },
  PLAN_INVALID: {
    status: 400,
    message: '{place}: {detail}.',
    next: 'Mend it there and send it again: the plan is as it was.',
  },
  PLAN_MISSING: {
    status: 404,
    message: 'There is no tracking plan.',
    next: 'Draw one up from what was captured, or import one.',
  },
  PLAN_FILE_UNREADABLE: {
    status: 500,
    message: 'The plan {file} can’t be read: {detail}',
    next: 'Check the path: in trackside.json it is seen from the folder of that file.',
  },
  PLAN_FILE_BROKEN: {
    status: 500,
    message: '{place}: {detail}.',
    next: 'Mend it there; nothing of it is in force until then.',
  },
  PLAN_IN_FILE: {
    status: 409,
    message: 'The tracking plan is kept in {file}.',
    next: 'Change it there, or take `plan` out of trackside.json to keep it here again.',
  },
  CURSOR_INVALID: {
    status: 400,
    message: 'The cursor is not one that a page of this list gave out.',
    next: 'Begin again without a cursor.',
  },
  CONFIRMATION_NEEDED: {
    status: 409,
    message: '{name} is a production destination.',
    next: 'Confirm with its host name: {host}.',
  },
  REPLAY_STATE: {
    status: 409,
    message: 'This replay is {state} and can’t be {wanted}.',
    next: 'Start a new replay of the same selection.',
  },
  REPLAY_EMPTY: {
    status: 400,
    message: 'Nothing of this selection would be sent.',
    next: 'Look at the plan: it says for each event why it is left out.',
  },
  DESTINATION_IN_USE: {
    status: 409,
    message: 'A replay to {name} is still running.',
    next: 'Cancel it, or wait until it is done.',
  },
  DESTINATION_URL: {
    status: 400,
    message: '{url} is no address to send to: {detail}.',
    next: 'Write it like https://api.segment.io/v1.',
  },
  INTERNAL: {
    status: 500,
    message: 'Something failed inside Trackside: {detail}.',
    next: 'Nothing captured is lost. Try again; if it stays, report it with what you did.',
  },
  // start
  NODE_TOO_OLD: {
    status: 500,
    message: 'Trackside needs Node 22.14 or newer, this is {version}.',
    next: 'Run it with `npm start`, which brings its own Node.',
  },
  PORT_TAKEN: {
    status: 500,
    message: 'Port {port} is taken by another process.',
    next: 'Find it with `{find}`, or choose another port with {flag}.',
  },
  ADDRESS_UNUSABLE: {
    status: 500,
    message: 'Can’t listen on {host}:{port}: {detail}.',
    next: 'Choose another address with --host or another port with {flag}.',
  },
  CA_UNUSABLE: {
    status: 500,
    message: 'The local certificate authority in {directory} can’t be used: {detail}.',
    next: 'Mend that, or bring back the files as they were. To have a new one made, delete the directory; whoever trusts the old one must then trust the new one.',
  },
  DATA_IN_USE: {
    status: 500,
    message: 'Trackside is already running on {data} (process {pid}{where}).',
    next: 'Use that one, stop it, or choose another directory with --data.',
  },
  DATA_UNWRITABLE: {
    status: 500,
    message: 'The data directory {data} can’t be written: {detail}.',
    next: 'Free some disk space, give this user the right to write there, or choose another directory with --data.',
  },
  DATABASE_LOCKED: {
    status: 503,
    message: 'Another program has locked {file}.',
    next: 'Close the program that has it open for writing, then try again.',
  },
  DATABASE_GONE: {
    status: 503,
    message: '{file} was moved or deleted while Trackside was running.',
    next: 'Put it back, or start Trackside again to begin a new log.',
  },
  DATABASE_NEWER: {
    status: 500,
    message: 'The database was written by a newer Trackside (schema {found}, this one knows {known}).',
    next: 'Update Trackside, or choose another directory with --data.',
  },
  DATABASE_UNREADABLE: {
    status: 500,
    message: '{file} can’t be read as a database: {detail}.',
    next: 'Move the file away to start afresh; keep it if you want its events back.',
  },
  MIGRATION_FAILED: {
    status: 500,
    message: 'Bringing the database to schema {version} failed: {detail}. It is as it was before.',
    next: 'Free some disk space and start again; if it stays, report it.',
  },
  ENGINE_NOT_RUNNING: {
    status: 500,
    message: 'No Trackside is running on {data}.',
    next: 'Start it with `trackside serve`, or say where it is with --url and --token.',
  },
  ENGINE_UNREACHABLE: {
    status: 500,
    message: '{url} does not answer: {detail}.',
    next: 'Check --url, or start the engine with `trackside serve`.',
  },
  ENGINE_STOPPED: {
    status: 503,
    message: 'Trackside has stopped in the meantime.',
    next: 'Start it again with `trackside serve`.',
  },
  CONFIG_MISSING: {
    status: 500,
    message: 'There is no file {file}.',
    next: 'Check --config, or leave it out: `trackside.json` is found by itself in the folder of your repository.',
  },
  CONFIG_BROKEN: {
    status: 500,
    message: '{place}: {detail}',
    next: 'Mend it there; nothing of it is in force until then.',
  },
  CONFIG_GONE: {
    status: 500,
    message: '{file} is gone: what is set here counts alone.',
    next: 'Put it back, or go on without it.',
  },
  CHECK_FILE_UNREADABLE: {
    status: 500,
    message: '{file} can’t be read: {detail}.',
    next: 'Name a file with one call a line, or - for what is piped in.',
  },
  CHECK_STALLED: {
    status: 500,
    message: 'Not all events are judged yet, and it does not go on: {detail}',
    next: 'Clear that up and check again.',
  },
  USAGE: { status: 400, message: '{detail}', next: 'See `trackside --help`.' },
} as const satisfies Record<string, { status: number; message: string; next: string }>

export type ErrorCode = keyof typeof errorCatalogue
export type ErrorData = Record<string, unknown>

function fill(sentence: string, data: ErrorData): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, key: string) => (key in data ? String(data[key]) : whole))
}

/** What happened, then the next step, in one string that can be shown to a person. */
export function errorMessage(code: ErrorCode, data: ErrorData = {}): string {
  const { message, next } = errorCatalogue[code]
  return `${fill(message, data)} ${fill(next, data)}`
}

/** An error of the catalogue on its way to the person who can do something about it. */
export class TracksideError extends Error {
  readonly code: ErrorCode
  readonly data: ErrorData
  override readonly name = 'TracksideError'

  constructor(code: ErrorCode, data: ErrorData = {}, options?: ErrorOptions) {
    super(errorMessage(code, data), options)
    this.code = code
    this.data = data
  }

  get status(): number {
    return errorCatalogue[this.code].status
  }
}
