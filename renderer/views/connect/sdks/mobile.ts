import { lines, only } from './sdk.ts'
import type { Sdk, Target } from './sdk.ts'

const cleartext =
  'Android lets an app speak http only if its manifest says `android:usesCleartextTraffic="true"`, or its network security configuration names the host.'
const appTransport =
  'iOS lets an app speak http only if its Info.plist has `NSAllowsLocalNetworking` under `NSAppTransportSecurity`.'
const androidTrust =
  'Android apps trust a CA of the user only if their network security configuration lists `<certificates src="user" />`: put that into debug builds.'

function kotlin({ host, writeKey }: Target, isPlain: boolean): string {
  const hook = [
    '    requestFactory = object : RequestFactory() {',
    '        override fun openConnection(url: String) =',
    '            super.openConnection(url.replaceFirst("https://", "http://"))',
    '    }',
  ]
  return lines(
    `val analytics = Analytics("${writeKey}", applicationContext) {`,
    `    apiHost = "${host}/v1"`,
    `    cdnHost = "${host}/v1"`,
    ...(isPlain ? hook : []),
    '}',
    '',
    'analytics.identify("42")',
    'analytics.track("Invoice Sent", buildJsonObject {',
    '    put("total_amount", 123.45)',
    '    put("currency", "USD")',
    '})',
    'analytics.flush()',
  )
}

function swift({ host, writeKey }: Target, isPlain: boolean): string {
  const hook = [
    '    .requestFactory { request in',
    '        var plain = request',
    '        if let url = request.url, var parts = URLComponents(url: url, resolvingAgainstBaseURL: false) {',
    '            parts.scheme = "http"',
    '            plain.url = parts.url',
    '        }',
    '        return plain',
    '    }',
  ]
  return lines(
    `let configuration = Configuration(writeKey: "${writeKey}")`,
    `    .apiHost("${host}/v1")`,
    `    .cdnHost("${host}/v1")`,
    ...(isPlain ? hook : []),
    '',
    'let analytics = Analytics(configuration: configuration)',
    'analytics.identify(userId: "42")',
    'analytics.track(name: "Invoice Sent", properties: ["total_amount": 123.45, "currency": "USD"])',
    'analytics.flush()',
  )
}

/** SDKs of apps on phones, and of emulators of them. */
export const mobileSdks: readonly Sdk[] = [
  {
    id: 'react-native',
    family: 'Mobile',
    title: 'React Native',
    platform: '@segment/analytics-react-native',
    install: 'npm install @segment/analytics-react-native',
    libraries: ['@segment/analytics-react-native', 'analytics-react-native'],
    writeKey: 'mobile',
    options: '`proxy` and `cdnProxy`',
    path: '/b',
    asksSettings: true,
    device: 'phone',
    notes: [
      'All three matter: without `useSegmentEndpoints` it posts to the bare address.',
      cleartext,
      appTransport,
    ],
    variants: only(({ url, writeKey }) =>
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
        "analytics.identify('42')",
        "analytics.track('Invoice Sent', { total_amount: 123.45, currency: 'USD' })",
        'analytics.flush()',
      ),
    ),
  },
  {
    id: 'kotlin',
    family: 'Mobile',
    title: 'Android, Kotlin',
    platform: 'analytics-kotlin',
    install: 'implementation("com.segment.analytics.kotlin:android:1.24.0")',
    libraries: ['analytics-kotlin'],
    writeKey: 'android',
    options: '`apiHost` and `cdnHost`',
    path: '/b',
    asksSettings: true,
    device: 'android',
    notes: ['Both hosts come without a scheme, and with `/v1`: `https://` stands in the SDK.'],
    variants: [
      {
        id: 'https',
        title: 'Over https',
        scheme: 'https',
        code: (target) => kotlin(target, false),
        note: androidTrust,
      },
      {
        id: 'http',
        title: 'Over http, with a factory',
        scheme: 'http',
        code: (target) => kotlin(target, true),
        note: cleartext,
      },
    ],
  },
  {
    id: 'swift',
    family: 'Mobile',
    title: 'Apple, Swift',
    platform: 'analytics-swift',
    install: '.package(url: "https://github.com/segmentio/analytics-swift.git", from: "1.9.0")',
    libraries: ['analytics-swift'],
    writeKey: 'ios',
    options: '`apiHost` and `cdnHost`',
    path: '/b',
    asksSettings: true,
    device: 'apple',
    notes: ['Both hosts come without a scheme, and with `/v1`: `https://` stands in the SDK.'],
    variants: [
      {
        id: 'https',
        title: 'Over https',
        scheme: 'https',
        code: (target) => swift(target, false),
        note: 'Install the CA on the device or in the simulator, then switch it on under Settings, General, About, Certificate Trust Settings.',
      },
      {
        id: 'http',
        title: 'Over http, with a factory',
        scheme: 'http',
        code: (target) => swift(target, true),
        note: appTransport,
      },
    ],
  },
  {
    id: 'android',
    family: 'Mobile',
    title: 'Android, legacy',
    platform: 'analytics-android 4',
    install: "implementation 'com.segment.analytics.android:analytics:4.11.3'",
    libraries: ['analytics-android'],
    writeKey: 'android',
    options: 'the `ConnectionFactory`',
    path: '/v1/import',
    asksSettings: true,
    device: 'android',
    notes: ['It has no option for the address: a `ConnectionFactory` turns its requests around.', cleartext],
    variants: only(({ url, writeKey }) =>
      lines(
        `Analytics analytics = new Analytics.Builder(context, "${writeKey}")`,
        '    .connectionFactory(new ConnectionFactory() {',
        '        @Override',
        '        protected HttpURLConnection openConnection(String url) throws IOException {',
        `            return super.openConnection("${url}" + Uri.parse(url).getPath());`,
        '        }',
        '    })',
        '    .build();',
        'Analytics.setSingletonInstance(analytics);',
        '',
        'analytics.identify("42");',
        'analytics.track("Invoice Sent",',
        '    new Properties().putValue("total_amount", 123.45).putCurrency("USD"));',
        'analytics.flush();',
      ),
    ),
  },
  {
    id: 'ios',
    family: 'Mobile',
    title: 'iOS, legacy',
    platform: 'analytics-ios 4',
    install: "pod 'Analytics', '~> 4.1'",
    libraries: ['analytics-ios'],
    writeKey: 'ios',
    options: 'the `requestFactory`',
    path: '/v1/batch',
    asksSettings: true,
    device: 'apple',
    notes: ['It has no option for the address: a `requestFactory` turns its requests around.', appTransport],
    variants: only(({ hostname, port, protocol, writeKey }) =>
      lines(
        'SEGAnalyticsConfiguration *configuration =',
        `    [SEGAnalyticsConfiguration configurationWithWriteKey:@"${writeKey}"];`,
        'configuration.requestFactory = ^NSMutableURLRequest *(NSURL *url) {',
        '    NSURLComponents *parts = [NSURLComponents componentsWithURL:url resolvingAgainstBaseURL:NO];',
        `    parts.scheme = @"${protocol}";`,
        `    parts.host = @"${hostname}";`,
        `    parts.port = @${port};`,
        '    return [NSMutableURLRequest requestWithURL:parts.URL];',
        '};',
        '[SEGAnalytics setupWithConfiguration:configuration];',
        '',
        '[[SEGAnalytics sharedAnalytics] identify:@"42"];',
        '[[SEGAnalytics sharedAnalytics] track:@"Invoice Sent"',
        '                           properties:@{@"total_amount": @123.45, @"currency": @"USD"}];',
        '[[SEGAnalytics sharedAnalytics] flush];',
      ),
    ),
  },
]
