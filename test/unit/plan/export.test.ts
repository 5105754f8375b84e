import fc from 'fast-check'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { exportPlan } from '../../../shared/plan/export/index.ts'
import type { Plan } from '../../../shared/plan/plan.ts'
import { plans } from './arbitrary.ts'

const shop: Plan = {
  name: 'Shop',
  events: [
    {
      name: 'Order Completed',
      description: 'Paid */ and | done',
      schema: {
        type: 'object',
        properties: {
          order_id: { type: 'string', description: 'As on the <b>invoice</b>' },
          total: { type: ['number', 'null'] },
          size: { type: 'string', enum: ['small', 'large'] },
          products: {
            type: 'array',
            items: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] },
          },
        },
        required: ['order_id', 'total'],
      },
    },
    { name: 'Signed Out', description: '', schema: { type: 'object' } },
    {
      name: 'Cart Viewed',
      description: '',
      schema: { type: 'object', properties: { items: { type: 'integer' } }, additionalProperties: true },
    },
  ],
}

/** As much of the library as types need; all of it takes seconds to be read. */
const library = `
  interface Array<T> { length: number; [index: number]: T }
  interface Boolean {} interface Function {} interface CallableFunction {} interface NewableFunction {}
  interface IArguments {} interface Number {} interface Object {} interface RegExp {} interface String {}
  type Record<K extends keyof any, T> = { [P in K]: T }`

/** What the compiler says about code that uses the types. */
function complaints(types: string, code: string): string[] {
  const options: ts.CompilerOptions = { strict: true, noEmit: true, noLib: true, types: [] }
  const files = new Map([
    ['library.d.ts', library],
    ['plan.d.ts', types],
    ['code.ts', `import { track } from './plan'\n${code}`],
  ])
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    getSourceFile: (name, target) => {
      const text = files.get(name)
      return text === undefined ? undefined : ts.createSourceFile(name, text, target)
    },
    fileExists: (name) => files.has(name),
    resolveModuleNameLiterals: (literals) =>
      literals.map(() => ({
        resolvedModule: { resolvedFileName: 'plan.d.ts', extension: ts.Extension.Dts },
      })),
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

describe('TypeScript types', () => {
  const types = exportPlan(shop, 'typescript').content

  it('take calls that are as planned', () => {
    const code = `
      track('Order Completed', { order_id: 'o-1', total: null })
      track('Order Completed', { order_id: 'o-1', total: 2.5, size: 'small', products: [{ sku: 'a' }] })
      track('Signed Out')
      track('Cart Viewed', { items: 1, more: true })`
    expect(complaints(types, code)).toEqual([])
  })

  it.each([
    [`track('Order Complete', {})`, /Order Complete/],
    [`track('Order Completed')`, /Expected/],
    [`track('Order Completed', { order_id: 'o-1' })`, /total/],
    [`track('Order Completed', { order_id: 'o-1', total: '2.5' })`, /not assignable to type 'number'/],
    [`track('Order Completed', { order_id: 'o-1', total: 1, size: 'medium' })`, /"medium"/],
    [`track('Order Completed', { order_id: 'o-1', total: 1, cupon: 'X' })`, /cupon/],
  ])('refuse %s', (code, message) => {
    expect(complaints(types, code).join('\n')).toMatch(message)
  })

  it('compile, whatever is planned', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        expect(complaints(exportPlan(plan, 'typescript').content, '')).toEqual([])
      }),
      { numRuns: 50 },
    )
  })
})

it('is a page in Markdown, in which a plan’s texts stay texts', () => {
  const { content, fileName } = exportPlan(shop, 'markdown')
  expect(fileName).toBe('shop.md')
  expect(content).toContain('## Order Completed\n\nPaid \\*/ and \\| done\n')
  expect(content).toContain('| `order_id` | string | yes |  | As on the \\<b\\>invoice\\</b\\> |')
  expect(content).toContain('| `size` | string | no | `"small"`, `"large"` |  |')
  expect(content).toContain('| `products[].sku` | string | yes |  |  |')
  expect(content).toContain('## Signed Out\n\nNo properties.')
})

it('has no cell that a spreadsheet would take for a formula', () => {
  const name = '=HYPERLINK("http://localhost")'
  const { content } = exportPlan(
    { name, events: [{ name, description: '+1', schema: { type: 'object' } }] },
    'csv',
  )
  expect(content.split('\r\n')[1]).toBe(
    `"'=HYPERLINK(""http://localhost"")",'+1,,,,,,,,"'=HYPERLINK(""http://localhost"")"`,
  )
})
