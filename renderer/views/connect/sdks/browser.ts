import { min } from '@segment/snippet'
import { browserCalls, lines } from './sdk.ts'
import type { Sdk, Target } from './sdk.ts'

const next = ({ url, host, protocol, writeKey }: Target, ...strategy: string[]): string =>
  lines(
    "import { AnalyticsBrowser } from '@segment/analytics-next'",
    '',
    'const analytics = AnalyticsBrowser.load(',
    `  { writeKey: '${writeKey}', cdnURL: '${url}' },`,
    '  {',
    '    integrations: {',
    "      'Segment.io': {",
    `        apiHost: '${host}/v1',`,
    `        protocol: '${protocol}',`,
    ...strategy,
    '      },',
    '    },',
    '  },',
    ')',
    '',
    browserCalls(),
  )

/** The stock snippet knows one scheme only; here both the script and what it loads later come from Trackside. */
function snippet({ url, host, protocol, writeKey }: Target): string {
  const stock = min({ host, apiKey: writeKey, useHostForBundles: true, load: false, page: false })
  const loader = stock
    .replaceAll(`https://${host}`, url)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== ';')
  return lines(
    '<script>',
    ...loader,
    `analytics.load('${writeKey}', {`,
    `  integrations: { 'Segment.io': { apiHost: '${host}/v1', protocol: '${protocol}' } },`,
    '})',
    'analytics.page()',
    '</script>',
  )
}

export const browserSdks: readonly Sdk[] = [
  {
    id: 'browser',
    trust: 'chrome',
    family: 'Browser',
    title: 'Browser',
    platform: '@segment/analytics-next',
    install: 'npm install @segment/analytics-next',
    libraries: ['analytics.js'],
    writeKey: 'web',
    options: '`cdnURL` and `apiHost`',
    path: '/t',
    asksSettings: true,
    notes: [
      'Both matter: `cdnURL` is where the SDK asks what to do, `apiHost` is where it sends. Without the first it asks the vendor, and sends nothing here.',
      '`apiHost` has no scheme: `protocol` says it, and is https where it is missing.',
    ],
    variants: [
      { id: 'plain', title: 'Call by call', scheme: 'any', code: (target) => next(target) },
      {
        id: 'batching',
        title: 'In batches',
        scheme: 'any',
        code: (target) =>
          next(
            target,
            '        deliveryStrategy: {',
            "          strategy: 'batching',",
            '          config: { size: 10, timeout: 5000 },',
            '        },',
          ),
        note: 'Up to version 1.82 batches go over https whatever `protocol` says: use 1.84 or later, or an https address.',
      },
    ],
  },
  {
    id: 'snippet',
    trust: 'chrome',
    family: 'Browser',
    title: 'Browser snippet',
    platform: 'analytics.js in a <script>',
    install: '',
    libraries: ['analytics.js'],
    writeKey: 'web',
    options: '`analytics._cdn` and `apiHost`',
    path: '/t',
    asksSettings: true,
    notes: [
      'This is the stock snippet with three addresses changed: the script, `analytics._cdn`, and `apiHost`. Trackside serves the script itself, with its own address in it, so no network is needed.',
      'Where the script comes from the vendor instead, `analytics._cdn` is a must over http: without it, it asks the vendor for its settings.',
    ],
    variants: [{ id: 'plain', title: 'Snippet 5.2', scheme: 'any', code: snippet }],
  },
]
