import type { JsonObject } from '../../shared/event.ts'

/** A request to capture: where it is posted, and its body as text. */
export interface VariedRequest {
  path: string
  body: string
}

const batch = (
  writeKey: string | null,
  calls: readonly unknown[],
  envelope: JsonObject = {},
): VariedRequest => ({
  path: '/v1/batch',
  body: JSON.stringify({ ...(writeKey === null ? {} : { writeKey }), ...envelope, batch: calls }),
})

const single = (type: string, call: JsonObject): VariedRequest => ({
  path: `/v1/${type}`,
  body: JSON.stringify(call),
})

const track = (event: unknown, rest: JsonObject = {}): JsonObject => ({ type: 'track', event, ...rest })

/** What a query language meets in the field: sixty calls, each odd in its own way. */
export const variedRequests: readonly VariedRequest[] = [
  batch('web', [
    {
      type: 'page',
      name: 'Pricing',
      anonymousId: 'browser-1',
      messageId: 'p-1',
      properties: { path: '/pricing' },
    },
    {
      type: 'identify',
      userId: 'jane',
      anonymousId: 'browser-1',
      messageId: 'i-1',
      traits: {
        name: 'Jane Roe',
        email: 'jane@acme.example',
        plan: 'pro',
        logins: 12,
        tags: ['beta', 'vip'],
      },
    },
    {
      type: 'group',
      userId: 'jane',
      groupId: 'acme',
      messageId: 'g-1',
      traits: { name: 'Acme Inc', plan: 'pro' },
    },
    track('Invoice Sent', {
      userId: 'jane',
      messageId: 't-1',
      context: {
        groupId: 'acme',
        library: { name: 'analytics.js', version: '2.1.0' },
        page: { path: '/a/b' },
      },
      properties: {
        total_amount: 120.5,
        currency: 'EUR',
        lines: [
          { sku: 'a-1', qty: 2 },
          { sku: 'b-2', qty: 0 },
        ],
      },
    }),
    track('invoice sent', { userId: 'jane', messageId: 't-2', properties: { total_amount: 80, paid: true } }),
    track('invoice_sent', {
      userId: 'jane',
      messageId: 't-3',
      properties: { total_amount: '120.5', paid: 'true' },
    }),
    track('Invoice Sent', {
      userId: 'ole',
      messageId: 't-4',
      context: { groupId: 'globex', library: { name: 'Analytics.js', version: '2.2.0' } },
      properties: {
        total_amount: -5,
        currency: null,
        'line.items': 3,
        nested: { deep: { er: [[1, 2], [3]] } },
      },
    }),
    { type: 'alias', userId: 'jane', previousId: 'jane-before', messageId: 'a-1' },
    { type: 'screen', name: 'Settings', userId: 'ole', messageId: 's-1', integrations: { All: false } },
    {
      type: 'page',
      userId: 'ole',
      messageId: 'p-2',
      properties: { name: 'Home', url: 'https://acme.example/?a=1' },
    },
  ]),
  batch('server', [
    { type: 'identify', userId: 'Ole', messageId: 'i-2', traits: { firstName: 'Ole', lastName: 'Ø. Berg' } },
    track('Report Exported', {
      userId: 'jane',
      messageId: 't-5',
      properties: { format: 'pdf', rows: 1000000 },
    }),
    track('Report  Exported', { userId: 7, messageId: 8, properties: { format: 'CSV', rows: 0 } }),
    track('50% Reached', { anonymousId: 'browser-2', messageId: 't-6', properties: {} }),
    track('Over_All', { anonymousId: 'browser-2', messageId: 't-7', properties: [] }),
    track('OverXAll', { anonymousId: 'BROWSER-2', messageId: 't-8' }),
    track('Say "Hello"', {
      userId: 'it"s',
      messageId: 't-9',
      properties: { 'quo"ted': 'va"lue', star: 'a*b' },
    }),
    track('Back\\Slash', { userId: 'back\\slash', messageId: 't-10', properties: { file: 'C:\\temp\\x' } }),
    track('[abc]* Done?', { userId: '[abc]*?', messageId: 't-11' }),
    track('', { userId: 'jane', messageId: 't-12' }),
    track(null, { userId: 'jane', messageId: 't-13' }),
    track(123, { userId: 'jane', messageId: 't-14' }),
    track('Zurück Gegangen', { userId: 'émile', messageId: 't-15', properties: { city: 'Zürich' } }),
    track('ΟΔΟΣ Found', { userId: 'u-σ', messageId: 't-16', properties: { city: 'İstanbul' } }),
    track('購入 完了', { userId: '顧客-1', messageId: 't-17', properties: { 数: 5, emoji: '🎉 party' } }),
  ]),
  batch(null, [
    track('Signed In', { userId: 'undefined', messageId: 't-18' }),
    track('Signed In', { userId: 'null', anonymousId: 'browser-3', messageId: 't-19' }),
    track('Signed In', { anonymousId: '00000000-0000-0000-0000-000000000000', messageId: 't-20' }),
    track('Signed In', { messageId: 't-21' }),
    track('Signed In', { userId: 'kim', messageId: 't-22', context: { groupId: 'undefined' } }),
    track('Signed In', { userId: 'kim', messageId: 't-22', context: { groupId: 'null', ip: '10.0.0.1' } }),
    { type: 'group', userId: 'kim', groupId: 42, messageId: 'g-2', traits: { name: 'ACME INC', seats: 5 } },
    { type: 'group', userId: 'lee', groupId: 'acme*', messageId: 'g-3', traits: { name: 'Star [x]' } },
    { type: 'group', anonymousId: 'browser-4', groupId: 'acme.eu', messageId: 'g-4' },
  ]),
  batch(
    'rudder',
    [
      { type: 'identify', userId: 'max', messageId: 'i-3', context: { locale: 'de' } },
      track('Cart Viewed', { userId: 'max', messageId: 't-23', properties: { locale: 'fr' } }),
      track('Cart Viewed', {
        userId: 'max',
        messageId: 't-24',
        context: { locale: null },
        channel: 'mobile',
      }),
      { type: 'trak', userId: 'max', groupId: 'globex', messageId: 'x-1', properties: { secretword: 1 } },
      'no object',
      null,
    ],
    {
      context: { locale: 'en', traits: { plan: 'free', name: 'Max' }, library: { name: 'rudder-sdk' } },
      integrations: { Slack: true },
      sentAt: '2026-02-03T04:05:06.000Z',
    },
  ),
  single('track', {
    event: 'Path Typed',
    userId: 'pat',
    messageId: 't-25',
    timestamp: '2026-01-02T03:04:05Z',
  }),
  single('identify', { userId: 'pat', messageId: 'i-4', traits: { email: 'pat@globex.example' } }),
  single('page', {
    anonymousId: 'browser-5',
    messageId: 'p-3',
    name: '',
    properties: { title: 'Ends with jane' },
  }),
  single('track', { event: 'Path Typed', properties: 'a text of its own', messageId: 't-26', userId: 'pat' }),
  { path: '/v1/track?writeKey=query-key', body: '{"event":"Query Key Used","anonymousId":"browser-6"}' },
  { path: '/v1/track', body: '{"event": "Broken Call", "userId": "jane"' },
  { path: '/v1/batch', body: '[1,2,3]' },
  { path: '/v1/batch', body: '{"hello":"there"}' },
  batch('web', [
    track('Deal Won', {
      userId: 'jane',
      messageId: 'd-1',
      properties: { value: 1e21, ratio: 0.1, code: '007' },
    }),
    track('Deal Won', {
      userId: 'jane',
      messageId: 'd-2',
      properties: { value: 7, code: 7, big: 9007199254740993 },
    }),
    track('Deal Lost', {
      userId: 'jane',
      messageId: 'd-3',
      context: { page: [{ path: '/x' }, { path: '/y' }] },
    }),
    track('Deal Lost', {
      userId: 'ole',
      messageId: 'd-3',
      properties: { reason: 'no-budget', at: '2026-02-03' },
    }),
    track('Deal Lost', {
      userId: 'ole',
      messageId: 'd-4',
      properties: { reason: 'a,b', list: ['x', 'y', null] },
    }),
    track('deal lost', {
      userId: 'ole',
      messageId: 'd-5',
      traits: { plan: 'pro' },
      properties: { reason: '' },
    }),
  ]),
]
