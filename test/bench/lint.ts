import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { PropertyTree } from '../../electron/engine/analysis/catalog/property-tree.ts'
import { english } from '../../electron/engine/analysis/english.ts'
import { eventPast } from '../../electron/engine/analysis/event-past.ts'
import { NameIndex, createLinter, defaultLintConfig } from '../../shared/lint/index.ts'
import type { Linter } from '../../shared/lint/index.ts'
import { callAlone, factsOfNothing } from '../../shared/lint/judged-alone.ts'
import type { Facts, LintedEvent } from '../../shared/lint/rule.ts'
import { CallMaker, seededRandom } from './calls.ts'
import { median } from './statistics.ts'
import { count, decimal, megabytes, ofRounds, printNote, printTable } from './table.ts'

const rounds = 5
const events = 10_000

const objects = [
  'Invoice',
  'Project',
  'Report',
  'Account',
  'Batch Item',
  'Password',
  'Email Address',
  'Order',
  'Card',
]
const actions = [
  'Sent',
  'Created',
  'Deleted',
  'Exported',
  'Viewed',
  'Updated',
  'Shared',
  'Clicked',
  'Opened',
  'Paid',
]
const spoilers: ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toLowerCase(),
  (name) => name.replaceAll(' ', '_'),
  (name) => name.split(' ').toReversed().join(' '),
  (name) => `${name} Successfully`,
]

/** So many names that no two are alike; four of five are wrong in some way. */
function* differentNames(total: number): Generator<string> {
  const random = seededRandom(3)
  const letters = 'bcdfglmnprst'
  const vowels = 'aeiou'
  const one = <T>(choices: ArrayLike<T>): T => choices[Math.floor(random() * choices.length)] as T
  const seen = new Set<string>()
  while (seen.size < total) {
    const product = `${one(letters).toUpperCase()}${one(vowels)}${one(letters)}${one(vowels)}${one(letters)}`
    const name = one(spoilers)(`${product} ${one(objects)} ${one(actions)}`)
    if (seen.has(name)) continue
    seen.add(name)
    yield name
  }
}

/** Events as analysis hands them to the linter. */
function lintedEvents(total: number): LintedEvent[] {
  const maker = new CallMaker(seededRandom(4))
  const receivedAt = Date.UTC(2026, 1, 3, 5)
  return Array.from({ length: total }, (_, index) =>
    callAlone(maker.call(), { id: index + 1, source: 'bench', receivedAt }),
  )
}

function microsecondsEach(total: number, work: () => void): number {
  const begin = performance.now()
  work()
  return ((performance.now() - begin) * 1000) / total
}

/** What the catalog has counted: it is asked by the rules, but its counting is no part of linting. */
class Catalog {
  readonly #names = new Map<string, PropertyTree>()

  propertiesOf(name: string): PropertyTree {
    let properties = this.#names.get(name)
    if (properties === undefined) {
      properties = new PropertyTree([], 1_000)
      this.#names.set(name, properties)
    }
    return properties
  }

  count(all: readonly LintedEvent[]): this {
    for (const { id, event, properties } of all) {
      if (event !== null && properties !== null)
        this.propertiesOf(event).count(properties, { eventId: id, receivedAt: id })
    }
    return this
  }
}

/** Judges every event as analysis does: names are counted, and what is known of them is found on demand. */
function judge(linter: Linter, names: NameIndex, catalog: Catalog, all: readonly LintedEvent[]): number {
  let problems = 0
  let name: string | null = null
  const facts: Facts = {
    ...factsOfNothing(english, defaultLintConfig),
    get lookAlike() {
      return name === null ? null : names.lookAlike(name)
    },
    get past() {
      return name === null ? null : eventPast(catalog.propertiesOf(name))
    },
    sourceSendsAccounts: true,
    keyStyle: 'snake_case',
    accountBefore: { calls: 100, isDescribed: true },
    callBytes: 900,
  }
  for (const event of all) {
    name = event.event
    facts.batch = { isFirst: false, events: 100, bytes: 90_000, sentAt: event.originalTimestamp }
    problems += linter.lint(event, facts).problems.length
    if (name !== null) names.add(name)
  }
  return problems
}

/** Microseconds for a name that was never seen, and for an event whose name is known. */
export async function benchLint(): Promise<void> {
  const names = [...differentNames(events)]
  const all = lintedEvents(events)
  const withNewNames = names.map((name, index): LintedEvent => {
    const event = all[index % all.length] as LintedEvent
    return { ...event, type: 'track', event: name, payload: { ...event.payload, type: 'track', event: name } }
  })
  const ofNewName: number[] = []
  const ofNewEvent: number[] = []
  const ofKnownEvent: number[] = []
  let problems = 0
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    const linter = createLinter(english)
    const newName = microsecondsEach(events, () => {
      for (const name of names) linter.lintName(name, null)
    })
    const newEvent = microsecondsEach(events, () => {
      const linter = createLinter(english)
      judge(linter, new NameIndex(linter.isGoodName), new Catalog(), withNewNames)
    })
    const practised = createLinter(english)
    const known = new NameIndex(practised.isGoodName)
    const catalog = new Catalog().count(all)
    judge(practised, known, catalog, all)
    const knownEvent = microsecondsEach(events, () => {
      problems = judge(practised, known, catalog, all)
    })
    if (round === 0) continue
    ofNewName.push(newName)
    ofNewEvent.push(newEvent)
    ofKnownEvent.push(knownEvent)
  }
  const row = (name: string, values: readonly number[]): string[] => [
    name,
    ofRounds(values, (value) => decimal(value, 1)),
    `${count(1_000_000 / median(values))} /s`,
  ]
  printTable(
    `lint: ${count(events)} at a time, ${rounds} rounds`,
    ['', 'µs each', ''],
    [
      row('a new name alone', ofNewName),
      row('an event with a new name, all rules and look-alikes', ofNewEvent),
      row('an event with a known name, all rules and look-alikes', ofKnownEvent),
    ],
  )
  printNote(`The last found ${count(problems)} problems.`)
  printMemory()
}

/** What is held of a hundred thousand names that were all judged once, and compared with each other. */
function printMemory(): void {
  const total = 100_000
  const [event] = lintedEvents(1)
  if (event === undefined) return
  const before = heldBytes()
  const linter = createLinter(english)
  const names = new NameIndex(linter.isGoodName)
  const catalog = new Catalog()
  for (const name of differentNames(total)) {
    const payload = { ...event.payload, type: 'track', event: name }
    judge(linter, names, catalog, [{ ...event, type: 'track', event: name, payload }])
  }
  const held = heldBytes() - before
  printNote(`${count(total)} different names are remembered in ${megabytes(held)}.`)
  // Used once more, so that nothing of it was collected before it was measured.
  judge(linter, names, catalog, [event])
}

function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
  return process.memoryUsage().heapUsed
}
