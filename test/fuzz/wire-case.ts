import fc from 'fast-check'

// What arrives at capture, as descriptions: short enough to be printed when one of them is a counterexample, and small
// steps for shrinking. `render.ts` makes bytes of them.

/** What a sender meant to send. */
export type Content =
  | { kind: 'recorded'; request: number }
  | { kind: 'value'; value: unknown }
  | { kind: 'batch'; calls: unknown[]; envelope: object }
  | { kind: 'text'; text: string }
  | { kind: 'bytes'; bytes: number[] }
  | { kind: 'nested'; levels: number; open: '[' | '{"a":' | '[{"a":' }
  | { kind: 'long'; kilobytes: number; field: string }
  | { kind: 'many'; what: 'calls' | 'numbers' | 'properties'; count: number }

/** What became of it on the way: `at` and `to` are places between 0, the beginning, and 1, the end. */
export type Damage =
  | { kind: 'cut'; at: number }
  | { kind: 'replaced'; at: number; by: number[] }
  | { kind: 'inserted'; at: number; bytes: number[] }
  | { kind: 'repeated'; at: number; to: number }

export const encodings = [
  ...['none', 'gzip', 'deflate', 'raw deflate', 'br', 'gzip untold', 'gzip twice'],
  ...['gzip claimed', 'deflate claimed', 'br claimed', 'unknown', 'gzip cut', 'br cut', 'deflate cut'],
  ...['gzip bomb', 'deflate bomb', 'br bomb', 'gzip of much JSON'],
] as const
export type Encoding = (typeof encodings)[number]

/** How a whole body is framed: by its length, or in chunks of so many bytes in turn. */
export type Framing = { kind: 'length' } | { kind: 'chunked'; sizes: number[]; extension: string }

export interface WireRequest {
  method: string
  path: string
  headers: [name: string, value: string][]
  content: Content
  damage: Damage[]
  encoding: Encoding
  framing: Framing
}

/** A framing that no honest sender uses. */
export const lies = [
  ...['length too long', 'length too short', 'length of gigabytes', 'length negative', 'length no number'],
  ...['length twice alike', 'length twice', 'length and chunks', 'no length', 'chunk of no size'],
  ...['chunk too long', 'chunk without an end', 'chunk of gigabytes', 'chunks without an end'],
  ...['header without an end', 'headers too large', 'no host', 'lines end with LF', 'chunked twice'],
] as const
export type Lie = (typeof lies)[number]

/** How the bytes go out: in so many pieces with a pause after each, in milliseconds. */
export interface Delivery {
  pieces: number
  pauseMs: number
}

export type WireCase =
  /** Every one of them is to be answered. */
  | { kind: 'whole'; requests: WireRequest[]; delivery: Delivery; halfClosed: boolean }
  | { kind: 'lying'; request: WireRequest; lie: Lie; followed: boolean; delivery: Delivery }
  /** `at`: between nothing and all of it. */
  | { kind: 'cut'; request: WireRequest; at: number; reset: boolean; delivery: Delivery }
  /** Complete, and then its sender is gone without listening. */
  | { kind: 'unheard'; request: WireRequest; delivery: Delivery }
  | { kind: 'noise'; bytes: number[]; head: string; delivery: Delivery }

export const recordedRequests = 40

const types = ['track', 'identify', 'page', 'screen', 'group', 'alias']

const capturePaths = [
  ...types.map((type) => `/v1/${type}`),
  ...['/v1/t', '/v1/i', '/v1/batch', '/v1/import', '/v1/import/', '//v1//batch', '/b', '/t', '/v1/b'],
]
const otherPaths = [
  ...['/v1/m', '/v1/projects/key/settings', '/projects/%zz/settings', '/nope', '/v1/%00', '/v1/track/x'],
  ...['/..%2f..%2fetc/passwd', '/v1/__proto__', '/constructor', `/${'a/'.repeat(500)}`],
]

/** Whether it is a call or a batch by its path and method, so that something of it is to be in the log. */
export function isForCapture({ method, path }: WireRequest): boolean {
  return method === 'POST' && capturePaths.includes(path)
}

/** Strings that have broken somebody's code somewhere. */
const oddStrings = [
  ...[
    '',
    ' ',
    '\u0000',
    '\ufeff',
    '\ud800',
    '\udfff\ud800',
    '\u202e',
    'null',
    'undefined',
    'NaN',
    '__proto__',
  ],
  ...['constructor', 'toString', 'hasOwnProperty', '%s%n', '${1}', "'; DROP TABLE event; --", '<script>'],
  ...[
    '../../etc/passwd',
    'İ',
    'ß',
    '👩‍👩‍👧‍👦',
    'a'.repeat(2000),
    '-0',
    '1e400',
    '9007199254740993',
    '0x10',
    '"',
    '\\',
  ],
  ...[
    '\r\nX: y',
    '*',
    'a AND (',
    '2026-02-31T25:61:61Z',
    '+275760-09-13T00:00:00.001Z',
    '-271821-04-19',
    'a.b[0]',
  ],
]

const oddString = fc.oneof(
  fc.constantFrom(...oddStrings),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 20 }),
)

const oddNumber = fc.oneof(
  fc.constantFrom(0, -0, 1e21, -1e300, 5e-324, Number.MAX_SAFE_INTEGER + 2, 8.64e15 + 1, -8.64e15 - 1),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
)

const oddValue = fc.oneof(
  { weight: 4, arbitrary: oddString },
  { weight: 2, arbitrary: oddNumber },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false, [], {}, [[]], [null]) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }) },
)

const oddObject = fc.dictionary(oddString, oddValue, { maxKeys: 6 })

const call = fc.record(
  {
    type: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...types) }, { weight: 1, arbitrary: oddValue }),
    event: fc.oneof(fc.constantFrom('Invoice Sent', 'Order Completed'), oddValue),
    name: oddValue,
    category: oddValue,
    userId: fc.oneof(fc.constantFrom('jane', 'ole', 7), oddValue),
    anonymousId: oddValue,
    previousId: oddValue,
    groupId: oddValue,
    messageId: oddValue,
    timestamp: fc.oneof(fc.constant('2026-02-03T04:05:06.789Z'), oddValue),
    originalTimestamp: oddValue,
    sentAt: oddValue,
    properties: fc.oneof(oddObject, oddValue),
    traits: fc.oneof(oddObject, oddValue),
    context: fc.oneof(
      fc.record(
        {
          groupId: oddValue,
          library: oddValue,
          traits: oddValue,
          page: oddValue,
          campaign: oddValue,
          ip: oddValue,
        },
        { requiredKeys: [] },
      ),
      oddValue,
    ),
    integrations: oddValue,
    writeKey: oddValue,
    _metadata: oddValue,
  },
  { requiredKeys: [] },
)

/** JSON that no `JSON.stringify` writes, and what only looks like JSON. */
const handWritten = fc.constantFrom(
  ...[
    '',
    ' ',
    '{',
    '[]',
    'null',
    '7',
    '"text"',
    'undefined',
    '{}}',
    '{"batch":',
    'batch=%7B%7D',
    '<html></html>',
  ],
  '\ufeff{"type":"track","event":"Bom Sent"}',
  '{"type":"track","type":"identify","userId":"a","userId":"b"}',
  '{"__proto__":{"type":"track"},"type":"track","event":"Proto Sent","constructor":{"prototype":{"x":1}}}',
  '{"batch":[{"type":"track"}],"batch":[{"type":"page"},{"type":"page"}]}',
  '{"\\u0062atch":[{"type":"track"},{}]}',
  '{"batch":[],"batch":7}',
  '{"batch":[[],[[]],null,true,"",{},{"batch":[]}]}',
  '{"type":"track","event":"Big Sent","properties":{"a":1e400,"b":-1e400,"c":123456789012345678901234567890}}',
  '{"type":"track","event":"\\ud800","userId":"\\u0000","messageId":"\\udfff"}',
  '{"type":"track","event":"Time Sent","timestamp":8.64e15,"sentAt":"+275760-09-13T00:00:00.000Z"}',
  '{"type":"track","event":"Time Sent","timestamp":"-271821-04-20T00:00:00.000Z","sentAt":8.64e15}',
  '{"api_key":"phc_x","event":"$pageview","distinct_id":"d"}',
  '{"type":"track","event":"Long Number Sent","properties":{"n":0.1000000000000000055511151231257827}}',
)

const content: fc.Arbitrary<Content> = fc.oneof(
  {
    weight: 200,
    arbitrary: fc.record({ kind: fc.constant('recorded' as const), request: fc.nat(recordedRequests) }),
  },
  {
    weight: 300,
    arbitrary: fc.record({ kind: fc.constant('value' as const), value: fc.oneof(call, oddValue) }),
  },
  {
    weight: 200,
    arbitrary: fc.record({
      kind: fc.constant('batch' as const),
      calls: fc.array(fc.oneof({ weight: 5, arbitrary: call }, { weight: 1, arbitrary: oddValue }), {
        maxLength: 12,
      }),
      envelope: fc.record(
        {
          context: oddValue,
          integrations: oddValue,
          sentAt: oddValue,
          writeKey: oddValue,
          timestamp: oddValue,
        },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 150, arbitrary: fc.record({ kind: fc.constant('text' as const), text: handWritten }) },
  {
    weight: 100,
    arbitrary: fc.record({
      kind: fc.constant('bytes' as const),
      bytes: fc.array(fc.nat(255), { maxLength: 60 }),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('nested' as const),
      levels: fc.oneof(fc.nat(600), fc.nat(20_000)),
      open: fc.constantFrom('[' as const, '{"a":' as const, '[{"a":' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('long' as const),
      kilobytes: fc.oneof(fc.nat(200), fc.nat(200), fc.nat(10 * 1024)),
      field: fc.constantFrom('event', 'userId', 'messageId', 'properties', 'type', 'groupId'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('many' as const),
      what: fc.constantFrom('calls' as const, 'numbers' as const, 'properties' as const),
      count: fc.oneof(fc.nat(3_000), fc.nat(3_000), fc.nat(200_000)),
    }),
  },
)

const place = fc.double({ min: 0, max: 1, noNaN: true })
const someBytes: fc.Arbitrary<number[]> = fc.oneof(
  fc.constantFrom<number[][]>(
    [0],
    [0xff],
    [0xc3],
    [0xed, 0xa0, 0x80],
    [0xef, 0xbb, 0xbf],
    [0x22],
    [0x5c],
    [0x7b],
    [0x5d],
    [0x0a],
  ),
  fc.array(fc.nat(255), { minLength: 1, maxLength: 5 }),
)

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: place }),
  fc.record({ kind: fc.constant('replaced' as const), at: place, by: someBytes }),
  fc.record({ kind: fc.constant('inserted' as const), at: place, bytes: someBytes }),
  fc.record({ kind: fc.constant('repeated' as const), at: place, to: place }),
)

const headerValue = fc.oneof(
  fc.constantFrom(
    '',
    'null',
    '*',
    'application/json',
    'https://a.example',
    'a'.repeat(8000),
    '\u00ff\u0080é',
    '\t',
  ),
  fc.string({ maxLength: 30 }).map((text) => text.replace(/[^\t -~]/g, '')),
)
const header: fc.Arbitrary<[string, string]> = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      ...[
        'Authorization',
        'Content-Type',
        'Origin',
        'X-Write-Key',
        'X-Api-Key',
        'Cookie',
        'AnonymousId',
        'SentAt',
      ],
      ...[
        'Access-Control-Request-Headers',
        'Access-Control-Request-Private-Network',
        'X-Retry-Count',
        'Accept',
      ],
      ...['__proto__', 'constructor', 'If-None-Match', 'Range', 'Forwarded', 'TE', 'Via', 'Referer'],
    ),
    headerValue,
  ),
  fc.constantFrom<[string, string]>(
    ['Expect', '100-continue'],
    ['Expect', 'the-unexpected'],
    ['Upgrade', 'websocket'],
    ['Authorization', 'Basic a2V5Og=='],
    ['Authorization', 'Basic ====='],
    ['Authorization', 'Bearer x'],
  ),
  fc.tuple(fc.stringMatching(/^x-[a-z]{1,10}$/), headerValue),
)

const framing: fc.Arbitrary<Framing> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'length' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('chunked' as const),
      sizes: fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 4 }),
      extension: fc.constantFrom('', ';a=b', ';x="y"'),
    }),
  },
)

/** What unfolds to many megabytes: each costs the engine as much as thousands of others. */
function isPacked(encoding: Encoding): boolean {
  return /bomb|much/.test(encoding)
}

const request: fc.Arbitrary<WireRequest> = fc.record({
  method: fc.oneof(
    { weight: 20, arbitrary: fc.constant('POST') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'M-SEARCH', 'TRACE'),
    },
  ),
  path: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...capturePaths) },
    { weight: 1, arbitrary: fc.constantFrom(...otherPaths) },
  ),
  headers: fc.array(header, { maxLength: 4 }),
  content,
  damage: fc.oneof(
    { weight: 2, arbitrary: fc.constant<Damage[]>([]) },
    { weight: 1, arbitrary: fc.array(damage, { maxLength: 3 }) },
  ),
  encoding: fc.oneof(
    { weight: 600, arbitrary: fc.constant('none' as const) },
    { weight: 400, arbitrary: fc.constantFrom(...encodings.filter((encoding) => !isPacked(encoding))) },
    { weight: 1, arbitrary: fc.constantFrom(...encodings.filter(isPacked)) },
  ),
  framing,
})

const delivery: fc.Arbitrary<Delivery> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ pieces: 1, pauseMs: 0 }) },
  {
    weight: 1,
    arbitrary: fc.record({ pieces: fc.integer({ min: 2, max: 20 }), pauseMs: fc.constantFrom(0, 0, 1, 5) }),
  },
)

export const wireCase: fc.Arbitrary<WireCase> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('whole' as const),
      requests: fc.array(request, { minLength: 1, maxLength: 3 }),
      delivery,
      halfClosed: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('lying' as const),
      request,
      lie: fc.constantFrom(...lies),
      followed: fc.boolean(),
      delivery,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('cut' as const),
      request,
      at: place,
      reset: fc.boolean(),
      delivery,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unheard' as const), request, delivery }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('noise' as const),
      bytes: fc.array(fc.nat(255), { maxLength: 80 }),
      head: fc.constantFrom(
        ...[
          '',
          'GET ',
          'POST /v1/track HTTP/1.1\r\n',
          'POST /v1/track HTTP/9.9\r\n\r\n',
          'CONNECT a:1 HTTP/1.1\r\n\r\n',
        ],
        ...[
          'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
          '\x16\x03\x01\x02\x00',
          'GET / HTTP/1.1\r\nHost: a\r\nA b: c\r\n\r\n',
        ],
        ...['OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', 'GET http://a/v1/track HTTP/1.1\r\nHost: a\r\n\r\n'],
      ),
      delivery,
    }),
  },
)
