import type { JsonObject } from '../../shared/event.ts'

/** Stands where each sending puts a number of its own, so that no messageId ever comes twice. 16 characters. */
export const idMark = '################'

/** A request that a load generator sends again and again, with other numbers for its marks. */
export interface RequestTemplate {
  path: string
  /** JSON without line breaks or tabs. */
  body: string
  events: number
}

/** The hour in which the calls happen, in epoch milliseconds; they are sent at its end. */
const hour = Date.UTC(2026, 1, 3, 4)
const sentAt = new Date(hour + 3_600_000).toISOString()
const users = 2_000
const accounts = 150
const goodNames = [
  'Invoice Sent',
  'Invoice Paid',
  'Batch Item Added',
  'Report Exported',
  'Project Created',
  'Project Archived',
  'Member Invited',
  'Member Removed',
  'Password Changed',
  'Signed Up',
  'Signed In',
  'Trial Started',
  'Trial Ended',
  'Subscription Renewed',
  'Subscription Cancelled',
  'Card Added',
  'Dashboard Viewed',
  'Filter Applied',
  'Search Performed',
  'Comment Added',
  'File Uploaded',
  'Integration Connected',
  'Webhook Failed',
  'Product Added to Wishlist',
]
const badNames = [
  'invoice sent',
  'ProjectCreated',
  'click_button',
  'Search Perform',
  'Invioce Paid',
  'Button 7',
]

/** Numbers from 0 up to 1 that are the same in every run. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    // mulberry32, of the public domain
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Calls as a browser SDK sends them: about 0.9 KB each, of many users and accounts, with good names and bad ones. */
export class CallMaker {
  readonly #random: () => number

  constructor(random: () => number) {
    this.#random = random
  }

  /** The type that the path of a single call names, and the call with `idMark` in its messageId. */
  call(): JsonObject & { type: string } {
    const user = this.#whole(users)
    const account = user % accounts
    const chance = this.#random()
    const common = {
      messageId: `ajs-next-${idMark}`,
      userId: `user_${user}`,
      anonymousId: `anon-${user.toString(16).padStart(8, '0')}-4b1f-4c2e-9d3a-${(user * 7919).toString(16).padStart(12, '0')}`,
      timestamp: this.#time(),
      context: this.#context(account),
      integrations: {},
    }
    if (chance < 0.06) return { type: 'identify', ...common, traits: this.#userTraits(user) }
    if (chance < 0.09)
      return { type: 'group', ...common, groupId: `acct_${account}`, traits: accountTraits(account) }
    if (chance < 0.16) return { type: 'page', ...common, name: 'Invoices', properties: this.#page() }
    return { type: 'track', ...common, event: this.#name(), properties: this.#properties() }
  }

  single(): RequestTemplate {
    const call = this.call()
    const body = JSON.stringify({ ...call, writeKey: 'bench', sentAt })
    return { path: `/v1/${call.type}`, body, events: 1 }
  }

  batch(size: number): RequestTemplate {
    const batch = Array.from({ length: size }, () => this.call())
    return {
      path: '/v1/batch',
      body: JSON.stringify({ batch, writeKey: 'bench', sentAt }),
      events: size,
    }
  }

  #whole(below: number): number {
    return Math.floor(this.#random() * below)
  }

  #one(choices: readonly string[]): string {
    return choices[this.#whole(choices.length)] ?? ''
  }

  #time(): string {
    return new Date(hour + this.#whole(3_600_000)).toISOString()
  }

  #name(): string {
    return this.#random() < 0.9 ? this.#one(goodNames) : this.#one(badNames)
  }

  #properties(): JsonObject {
    return {
      invoice_id: `inv_${this.#whole(1_000_000)}`,
      total_amount: this.#whole(100_000) / 100,
      currency: this.#one(['EUR', 'USD', 'GBP']),
      items: this.#whole(20),
      is_recurring: this.#random() < 0.5,
      plan: this.#one(['free', 'team', 'business']),
    }
  }

  #page(): JsonObject {
    return { path: '/invoices', url: 'https://app.example.com/invoices', title: 'Invoices', search: '' }
  }

  #userTraits(user: number): JsonObject {
    return {
      email: `user${user}@example.com`,
      name: `User ${user}`,
      role: this.#one(['admin', 'member', 'viewer']),
    }
  }

  #context(account: number): JsonObject {
    return {
      groupId: `acct_${account}`,
      ip: '203.0.113.7',
      locale: this.#one(['en-US', 'de-DE', 'nl-BE']),
      timezone: 'Europe/Brussels',
      library: { name: 'analytics.js', version: 'npm:next-1.84.3' },
      userAgent:
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      page: { ...this.#page(), referrer: 'https://app.example.com/dashboard' },
    }
  }
}

function accountTraits(account: number): JsonObject {
  return { name: `Account ${account}`, plan: account % 3 === 0 ? 'business' : 'team', employees: account * 3 }
}
