import { emulatorUrl } from '../emulator.ts'
import type { TrustGuide, TrustTarget } from './guide.ts'
import { lines, quoted } from './shell.ts'

const androidConfiguration = lines(
  '<!-- res/xml/network_security_config.xml -->',
  '<network-security-config>',
  '  <debug-overrides>',
  '    <trust-anchors>',
  '      <certificates src="user" />',
  '    </trust-anchors>',
  '  </debug-overrides>',
  '</network-security-config>',
)

export function devices({ caFile, captureUrl, httpsUrl }: TrustTarget): TrustGuide[] {
  const port = (url: string): string => /:(\d+)$/.exec(url)?.[1] ?? ''
  return [
    {
      id: 'ios-simulator',
      title: 'iOS simulator',
      group: 'device',
      steps: [
        {
          text: 'With the simulator running:',
          code: `xcrun simctl keychain booted add-root-cert ${quoted(caFile)}`,
        },
      ],
    },
    {
      id: 'ios',
      title: 'iPhone, iPad',
      group: 'device',
      steps: [
        {
          text: 'Open this in Safari on the device, which has to be in the same network, and allow the profile. Trackside has to be started with --host 0.0.0.0.',
          code: `${captureUrl}/trackside-ca.crt`,
        },
        {
          text: 'Install it: Settings → General → VPN & Device Management → Trackside local CA → Install.',
          code: null,
        },
        {
          text: 'Trust it: Settings → General → About → Certificate Trust Settings, and switch it on.',
          code: null,
        },
      ],
    },
    {
      id: 'android',
      title: 'Android',
      group: 'device',
      steps: [
        {
          text: 'Bring the certificate onto the emulator or the device.',
          code: `adb push ${quoted(caFile)} /sdcard/Download/trackside-ca.crt`,
        },
        {
          text: 'Install it: Settings → Security → Encryption & credentials → Install a certificate → CA certificate.',
          code: null,
        },
        {
          text: 'Let debug builds of the app trust what the user has installed; release builds stay as they are.',
          code: androidConfiguration,
        },
        {
          text: 'Name that file in AndroidManifest.xml, on <application>.',
          code: 'android:networkSecurityConfig="@xml/network_security_config"',
        },
        {
          text: 'From the emulator, this machine is:',
          code: emulatorUrl(httpsUrl) ?? httpsUrl,
        },
      ],
    },
    {
      id: 'docker',
      title: 'Docker, Podman',
      group: 'device',
      steps: [
        {
          text: 'Give the file to the container, and name it there as its language wants it; here for Node. Trackside has to be started with --host 0.0.0.0 unless Docker Desktop runs the container.',
          code: lines(
            'docker run --add-host host.docker.internal:host-gateway \\',
            `  -v ${quoted(`${caFile}:/trackside-ca.pem:ro`)} \\`,
            '  -e NODE_EXTRA_CA_CERTS=/trackside-ca.pem image',
          ),
        },
        {
          text: 'From the container, this machine is:',
          code: `https://host.docker.internal:${port(httpsUrl)}`,
        },
      ],
    },
  ]
}
