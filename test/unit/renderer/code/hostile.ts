import type { CodeCall } from '../../../../renderer/lib/code/call.ts'
import { callTypes } from '../../../../shared/event.ts'
import type { JsonObject } from '../../../../shared/event.ts'

/** Texts that end a string, begin code, or can't be seen, in one language or another. */
export const hostileTexts = [
  '',
  "it's",
  'say "hi"',
  'back\\slash',
  'ends with \\',
  'two\nlines\r\nand\ta tab',
  '${alert(1)}',
  '$total {$total} #{total} #@total #$total',
  '`id` $(id)',
  '\\u0041 \\u0022 \\n',
  '*/ // # <!-- </script><img src=x onerror=alert(1)>',
  '日本語 👩‍👩‍👧 é',
  '\u0000\u0007\u001b\u007f\u0085',
  '\u2028\u2029',
  'user\u202Enimda',
  '\ud800 half',
  '%s %d @file',
  "'; DROP TABLE event; --",
]

export const hostileObject: JsonObject = {
  ...Object.fromEntries(hostileTexts.map((text, index) => [`text ${index}`, text])),
  ...Object.fromEntries(hostileTexts.map((text) => [text, true])),
  ['__proto__']: { polluted: true },
  constructor: null,
  class: false,
  numbers: [0, -1, 1.5, 1e21, 1e-7, 9007199254740991, 12345678901234567000, 4294967296],
  empty: [{}, [], [null], ''],
  list: { '0': 'a', '1': 'b' },
  nested: { deep: [{ deeper: [[1, 2], { 'a-b': null }] }] },
}

/** A call of each type that carries all of it. */
export const hostileCalls: CodeCall[] = callTypes.map((type) => ({
  type,
  captureUrl: 'http://127.0.0.1:7357',
  writeKey: 'we\'b"$key',
  userId: 'usr_\'"$`\\',
  anonymousId: type === 'alias' ? null : '\u202Eanon',
  previousId: type === 'alias' ? '#{previous}' : null,
  groupId: type === 'group' ? "acme'" : null,
  event: type === 'track' ? 'Order\u2028 `Completed` ${now}' : null,
  name: type === 'page' || type === 'screen' ? '<img src=x onerror=alert(1)>' : null,
  properties: type === 'identify' || type === 'group' || type === 'alias' ? null : hostileObject,
  traits: type === 'identify' || type === 'group' ? hostileObject : null,
  context: { groupId: 'acme', 'odd key': hostileObject },
  integrations: { All: false, "Ama'zon": { on: true } },
}))
