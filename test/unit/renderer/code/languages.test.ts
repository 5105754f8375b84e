import { describe, expect, it } from 'vitest'
import { fieldsOf } from '../../../../renderer/lib/code/call.ts'
import type { CodeCall } from '../../../../renderer/lib/code/call.ts'
import { curl } from '../../../../renderer/lib/code/curl.ts'
import { go } from '../../../../renderer/lib/code/go.ts'
import { java } from '../../../../renderer/lib/code/java.ts'
import { javascript } from '../../../../renderer/lib/code/javascript.ts'
import { codeLanguages } from '../../../../renderer/lib/code/languages.ts'
import { node } from '../../../../renderer/lib/code/node.ts'
import { php } from '../../../../renderer/lib/code/php.ts'
import { python } from '../../../../renderer/lib/code/python.ts'
import { ruby } from '../../../../renderer/lib/code/ruby.ts'
import { hostileCalls } from './hostile.ts'

interface Made {
  method: string
  given: unknown[]
}

/** Runs JavaScript with `analytics` replaced by something that only writes down what it is asked for. */
function run(code: string, sdk: string): { settings: unknown[]; calls: Made[] } {
  const settings: unknown[] = []
  const calls: Made[] = []
  const analytics = new Proxy(
    {},
    {
      get:
        (_, method) =>
        (...given: unknown[]) =>
          calls.push({ method: String(method), given }),
    },
  )
  class Sdk {
    constructor(...given: unknown[]) {
      settings.push(...given)
      return analytics
    }
    static load(...given: unknown[]): unknown {
      settings.push(...given)
      return analytics
    }
  }
  const body = code.replace(/^import .*$/m, '').replace('await ', '')
  new Function(sdk, `'use strict';${body}`)(Sdk)
  return { settings, calls }
}

/** The words of a command, as a shell reads what stands in single quotes. */
function shellWords(command: string): string[] {
  const words = command.replaceAll('\\\n', ' ').match(/(?:'[^']*'|\\'|[^\s'\\])+/g) ?? []
  return words.map((word) => word.replace(/'([^']*)'|\\'/g, (_, inside?: string) => inside ?? "'"))
}

const plainCall: CodeCall = {
  type: 'track',
  captureUrl: 'http://127.0.0.1:7357',
  writeKey: 'web',
  userId: 'usr_42',
  anonymousId: null,
  previousId: null,
  groupId: null,
  event: 'Order Completed',
  name: null,
  properties: { total: 12.5, gift: false, coupon: null, tags: ['a'], big: 4294967296 },
  traits: null,
  context: { groupId: 'acme' },
  integrations: null,
}
const withText = (text: string): CodeCall => ({ ...plainCall, properties: { key: text } })

describe('a call as code', () => {
  it.each(hostileCalls)('says in Node what the $type call said', (call) => {
    const { settings, calls } = run(node(call), 'Analytics')
    expect(settings).toEqual([{ writeKey: call.writeKey, host: call.captureUrl }])
    expect(calls[0]).toStrictEqual({ method: call.type, given: [fieldsOf(call)] })
    expect(calls[1]?.method).toBe('closeAndFlush')
  })

  it.each(hostileCalls)('says in the browser what the $type call said', (call) => {
    const { settings, calls } = run(javascript(call), 'AnalyticsBrowser')
    expect(settings).toEqual([
      { writeKey: call.writeKey, cdnURL: 'http://127.0.0.1:7357' },
      { integrations: { 'Segment.io': { apiHost: '127.0.0.1:7357/v1', protocol: 'http' } } },
    ])
    const options = expect.objectContaining({ context: call.context, integrations: call.integrations })
    const { userId, previousId, groupId, event, name, properties, traits } = call
    const expected = {
      track: [event, properties, options],
      identify: [userId, traits, options],
      group: [groupId, traits, options],
      page: [name, properties, options],
      screen: [name, properties, options],
      alias: [userId, previousId, options],
    }[call.type]
    expect(calls).toEqual([{ method: call.type, given: expected }])
  })

  it('can be set for nobody by a key that is called __proto__', () => {
    for (const call of hostileCalls) run(node(call), 'Analytics')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it.each(hostileCalls)('posts with curl what the $type call said', (call) => {
    const words = shellWords(curl(call))
    expect(words.slice(0, 4)).toEqual(['curl', '-X', 'POST', `${call.captureUrl}/v1/${call.type}`])
    const body: unknown = JSON.parse(words.at(-1) ?? '')
    expect(body).toStrictEqual(JSON.parse(JSON.stringify({ writeKey: call.writeKey, ...fieldsOf(call) })))
  })

  it.each(codeLanguages)('never turns the direction of reading around in $label', ({ write }) => {
    for (const call of hostileCalls) expect(write(call)).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\0]/u)
  })

  it.each(codeLanguages)('names this machine’s address and the write key in $label', ({ write }) => {
    expect(write(plainCall)).toContain('127.0.0.1')
    expect(write(plainCall)).toContain('7357')
    expect(write(plainCall)).toContain('web')
  })

  it.each([
    [python, '$x `y` ${z}', "'$x `y` ${z}'"],
    [python, "a'b\\c\n\u202E👍", "'a\\'b\\\\c\\n\\u202e👍'"],
    [go, 'a"b\\c\n$x `y`', '"a\\"b\\\\c\\n$x `y`"'],
    [go, '\ud800\u{e0001}', '"\\ufffd\\U000e0001"'],
    [ruby, '#{x} "y" it\'s', "'#{x} \"y\" it\\'s'"],
    [ruby, '#{x}\n"y"\\', '"\\#{x}\\n\\"y\\"\\\\"'],
    [php, "$x {$y} it's \\", "'$x {$y} it\\'s \\\\'"],
    [php, '$x {$y}\n"z"', '"\\$x {\\$y}\\n\\"z\\""'],
    [php, '\u202E\ud800', '"\\u{202e}\\u{fffd}"'],
    [java, 'a"b\\u0022c\n$x', '"a\\"b\\\\u0022c\\n$x"'],
    [java, '\u0000\u0085\u2028\u{e0001}', '"\\000\\205\\u2028\\udb40\\udc01"'],
  ])('%o writes %j as %s', (write, text, expected) => {
    expect(write(withText(text))).toContain(expected)
  })

  it('keeps an empty object an object, and one whose keys are numbers, in PHP', () => {
    const code = php({ ...plainCall, properties: { none: {}, list: { 0: 'a' }, items: [] } })
    expect(code).toContain("'none' => (object) []")
    expect(code).toContain("'list' => (object) ['0' => 'a']")
    expect(code).toContain("'items' => []")
  })

  it('takes a list of one null for a list in Java', () => {
    expect(java({ ...plainCall, properties: { list: [null] } })).toContain('Arrays.asList((Object) null)')
  })

  it('writes numbers so that they fit the types of Go and Java', () => {
    const numbers = { int: 7, long: 4294967296, huge: 12345678901234567000, half: 0.5 }
    const inGo = go({ ...plainCall, properties: numbers })
    expect(inGo).toContain('"huge": 1.2345678901234567e+19')
    expect(inGo).toContain('"long": 4294967296')
    const inJava = java({ ...plainCall, properties: numbers })
    for (const pair of ['"int", 7,', '"long", 4294967296L', '"huge", 1.2345678901234567e+19', '"half", 0.5'])
      expect(inJava).toContain(pair)
  })

  it('gives PHP a host alone: the package speaks https whatever it is told', () => {
    const code = php({ ...plainCall, captureUrl: 'https://127.0.0.1:7359' })
    expect(code).toContain("'host' => '127.0.0.1:7359'")
    expect(code).not.toContain('ssl')
    expect(codeLanguages.filter(({ needsHttps }) => needsHttps).map(({ id }) => id)).toEqual(['php'])
  })

  it('leaves TLS out of Ruby only where capture speaks plain http', () => {
    expect(ruby(plainCall)).toContain('use_ssl = false')
    const overTls = ruby({ ...plainCall, captureUrl: 'https://127.0.0.1:7359' })
    expect(overTls).not.toContain('use_ssl')
    expect(overTls).toContain('port: 7359')
  })

  it('reads like what a person would write', () => {
    expect(python(plainCall)).toBe(`import segment.analytics as analytics

analytics.write_key = 'web'
analytics.host = 'http://127.0.0.1:7357'

analytics.track(
    user_id='usr_42',
    event='Order Completed',
    properties={
        'total': 12.5,
        'gift': False,
        'coupon': None,
        'tags': ['a'],
        'big': 4294967296,
    },
    context={'groupId': 'acme'},
)
analytics.flush()
`)
  })
})
