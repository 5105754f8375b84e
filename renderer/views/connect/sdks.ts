/** Where calls go and under which write key: what the lines of an SDK are made of. */
export interface Target {
  /** http://127.0.0.1:7357 */
  url: string
  /** 127.0.0.1:7357 */
  host: string
  writeKey: string
}

export interface Sdk {
  id: string
  title: string
  /** Where it runs, for the list. */
  platform: string
  install: string
  code: (target: Target) => string
  /** Names that it gives itself in context.library; empty where it gives none. */
  libraries: readonly string[]
  writeKey: string
  /** What most often goes wrong with this one, said before it does. */
  note?: string
}

const lines = (...all: string[]): string => all.join('\n')

/** The SDKs that reach this engine over plain http, with the names of their options as they are documented. */
export const sdks: readonly [Sdk, ...Sdk[]] = [
  {
    id: 'browser',
    title: 'Browser',
    platform: '@segment/analytics-next',
    install: 'npm install @segment/analytics-next',
    libraries: ['analytics.js'],
    writeKey: 'web',
    note: 'Both settings matter: cdnURL is where the SDK asks what to do, apiHost is where it sends. Without the first it asks the vendor, and sends nothing here.',
    code: ({ url, host, writeKey }) =>
      lines(
        "import { AnalyticsBrowser } from '@segment/analytics-next'",
        '',
        'const analytics = AnalyticsBrowser.load(',
        `  { writeKey: '${writeKey}', cdnURL: '${url}' },`,
        `  { integrations: { 'Segment.io': { apiHost: '${host}/v1', protocol: 'http' } } },`,
        ')',
        '',
        "analytics.identify('42', { name: 'Jane Cooper' })",
        "analytics.group('acme', { name: 'Acme, Inc.' })",
        'analytics.track(',
        "  'Invoice Sent',",
        "  { total_amount: 123.45, currency: 'USD' },",
        "  { context: { groupId: 'acme' } },",
        ')',
      ),
  },
  {
    id: 'node',
    title: 'Node.js',
    platform: '@segment/analytics-node',
    install: 'npm install @segment/analytics-node',
    libraries: ['@segment/analytics-node'],
    writeKey: 'api',
    note: 'Calls wait in the SDK for ten seconds, or for fifteen of them. closeAndFlush sends them at once.',
    code: ({ url, writeKey }) =>
      lines(
        "import { Analytics } from '@segment/analytics-node'",
        '',
        `const analytics = new Analytics({ writeKey: '${writeKey}', host: '${url}' })`,
        '',
        'analytics.track({',
        "  userId: '42',",
        "  event: 'Invoice Sent',",
        "  properties: { total_amount: 123.45, currency: 'USD' },",
        "  context: { groupId: 'acme' },",
        '})',
        'await analytics.closeAndFlush()',
      ),
  },
  {
    id: 'python',
    title: 'Python',
    platform: 'segment-analytics-python',
    install: 'pip install segment-analytics-python',
    libraries: ['analytics-python'],
    writeKey: 'api',
    note: 'The SDK sends from a thread of its own: without flush a short script ends before it has sent.',
    code: ({ url, writeKey }) =>
      lines(
        'import segment.analytics as analytics',
        '',
        `analytics.write_key = '${writeKey}'`,
        `analytics.host = '${url}'`,
        '',
        'analytics.track(',
        "    '42',",
        "    'Invoice Sent',",
        "    {'total_amount': 123.45, 'currency': 'USD'},",
        "    context={'groupId': 'acme'},",
        ')',
        'analytics.flush()',
      ),
  },
  {
    id: 'go',
    title: 'Go',
    platform: 'segmentio/analytics-go',
    install: 'go get github.com/segmentio/analytics-go/v3',
    libraries: ['analytics-go'],
    writeKey: 'api',
    code: ({ url, writeKey }) =>
      lines(
        `client, err := analytics.NewWithConfig("${writeKey}", analytics.Config{`,
        `	Endpoint: "${url}",`,
        '})',
        'if err != nil {',
        '	log.Fatal(err)',
        '}',
        'defer client.Close()',
        '',
        'client.Enqueue(analytics.Track{',
        '	UserId:     "42",',
        '	Event:      "Invoice Sent",',
        '	Properties: analytics.NewProperties().Set("total_amount", 123.45).Set("currency", "USD"),',
        '	Context:    &analytics.Context{Extra: map[string]interface{}{"groupId": "acme"}},',
        '})',
      ),
  },
  {
    id: 'java',
    title: 'Java',
    platform: 'analytics-java',
    install: 'com.segment.analytics.java:analytics:3.5.+',
    libraries: ['analytics-java'],
    writeKey: 'api',
    code: ({ url, writeKey }) =>
      lines(
        `Analytics analytics = Analytics.builder("${writeKey}").endpoint("${url}").build();`,
        '',
        'analytics.enqueue(TrackMessage.builder("Invoice Sent")',
        '    .userId("42")',
        '    .properties(Map.of("total_amount", 123.45, "currency", "USD"))',
        '    .context(Map.of("groupId", "acme")));',
        'analytics.flush();',
      ),
  },
  {
    id: 'react-native',
    title: 'React Native',
    platform: '@segment/analytics-react-native',
    install: 'npm install @segment/analytics-react-native',
    libraries: ['@segment/analytics-react-native', 'analytics-react-native'],
    writeKey: 'mobile',
    note: 'An Android emulator reaches this machine as 10.0.2.2, a phone by its address in the network: start Trackside with --host 0.0.0.0 for the phone.',
    code: ({ url, writeKey }) =>
      lines(
        "import { createClient } from '@segment/analytics-react-native'",
        '',
        'const analytics = createClient({',
        `  writeKey: '${writeKey}',`,
        `  proxy: '${url}',`,
        `  cdnProxy: '${url}',`,
        '  useSegmentEndpoints: true,',
        '})',
        '',
        "analytics.track('Invoice Sent', { total_amount: 123.45, currency: 'USD' })",
      ),
  },
  {
    id: 'rust',
    title: 'Rust',
    platform: 'segment',
    install: 'cargo add segment reqwest serde_json',
    libraries: [],
    writeKey: 'api',
    code: ({ url, writeKey }) =>
      lines(
        `let client = HttpClient::new(reqwest::Client::new(), "${url}".to_string());`,
        '',
        'client',
        `    .send("${writeKey}".to_string(), Message::from(Track {`,
        '        user: User::UserId { user_id: "42".to_string() },',
        '        event: "Invoice Sent".to_string(),',
        '        properties: json!({ "total_amount": 123.45, "currency": "USD" }),',
        '        context: Some(json!({ "groupId": "acme" })),',
        '        ..Default::default()',
        '    }))',
        '    .await?;',
      ),
  },
  {
    id: 'rudder-node',
    title: 'RudderStack, Node.js',
    platform: '@rudderstack/rudder-sdk-node',
    install: 'npm install @rudderstack/rudder-sdk-node',
    libraries: ['analytics-node'],
    writeKey: 'api',
    code: ({ url, writeKey }) =>
      lines(
        "import RudderAnalytics from '@rudderstack/rudder-sdk-node'",
        '',
        `const analytics = new RudderAnalytics('${writeKey}', { dataPlaneUrl: '${url}' })`,
        '',
        'analytics.track({',
        "  userId: '42',",
        "  event: 'Invoice Sent',",
        "  properties: { total_amount: 123.45, currency: 'USD' },",
        "  context: { groupId: 'acme' },",
        '})',
        'analytics.flush()',
      ),
  },
  {
    id: 'customerio-node',
    title: 'Customer.io, Node.js',
    platform: '@customerio/cdp-analytics-node',
    install: 'npm install @customerio/cdp-analytics-node',
    libraries: ['@customerio/cdp-analytics-node'],
    writeKey: 'api',
    code: ({ url, writeKey }) =>
      lines(
        "import { Analytics } from '@customerio/cdp-analytics-node'",
        '',
        `const analytics = new Analytics({ writeKey: '${writeKey}', host: '${url}' })`,
        '',
        'analytics.track({',
        "  userId: '42',",
        "  event: 'Invoice Sent',",
        "  properties: { total_amount: 123.45, currency: 'USD' },",
        "  context: { groupId: 'acme' },",
        '})',
        'await analytics.closeAndFlush()',
      ),
  },
  {
    id: 'curl',
    title: 'curl',
    platform: 'and anything that speaks HTTP',
    install: '',
    libraries: [],
    writeKey: 'curl',
    code: ({ url, writeKey }) =>
      lines(
        `curl ${url}/v1/track \\`,
        `  -u ${writeKey}: -H 'Content-Type: application/json' \\`,
        `  -d '{"userId":"42","event":"Invoice Sent","properties":{"total_amount":123.45},"context":{"groupId":"acme"}}'`,
      ),
  },
]

/** Those that speak https or nothing: named, so that nobody searches for what is not there. */
export const onlyOverHttps = ['PHP', 'Ruby', 'C#', 'Kotlin', 'Swift', 'the older Android and iOS SDKs']
