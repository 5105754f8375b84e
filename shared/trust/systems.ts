import type { TrustGuide, TrustTarget } from './guide.ts'
import { lines, quoted } from './shell.ts'

/** Its old place counts wherever that is there; a new profile of a newer Chrome has only the other one. */
const chromeList = [
  'nssdb="$HOME/.pki/nssdb"',
  '[ -d "$nssdb" ] || nssdb="${XDG_DATA_HOME:-$HOME/.local/share}/pki/nssdb"',
]

export function systems({ caFile }: TrustTarget): TrustGuide[] {
  return [
    {
      id: 'macos',
      title: 'macOS',
      group: 'system',
      steps: [
        {
          text: 'For your own account; it asks for your password. Safari, Chrome and Swift then trust the CA.',
          code: `security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${quoted(caFile)}`,
        },
        { text: 'To take it back:', code: `security remove-trusted-cert ${quoted(caFile)}` },
      ],
    },
    {
      id: 'windows',
      title: 'Windows',
      group: 'system',
      steps: [
        {
          text: 'For your own account; it asks whether you mean it. Edge, Chrome and .NET then trust the CA.',
          code: `certutil -user -addstore Root ${quoted(caFile)}`,
        },
        {
          text: 'To take it back, remove “Trackside local CA” from Trusted Root Certification Authorities:',
          code: 'certmgr.msc',
        },
      ],
    },
    {
      id: 'debian',
      title: 'Debian, Ubuntu, Alpine',
      group: 'system',
      steps: [
        {
          text: 'For all that asks the system. It needs the package ca-certificates.',
          code: lines(
            `sudo cp ${quoted(caFile)} /usr/local/share/ca-certificates/trackside-ca.crt`,
            'sudo update-ca-certificates',
          ),
        },
        {
          text: 'To take it back:',
          code: lines(
            'sudo rm /usr/local/share/ca-certificates/trackside-ca.crt',
            'sudo update-ca-certificates --fresh',
          ),
        },
      ],
    },
    {
      id: 'fedora',
      title: 'Fedora, Red Hat',
      group: 'system',
      steps: [
        {
          text: 'For all that asks the system.',
          code: lines(
            `sudo cp ${quoted(caFile)} /etc/pki/ca-trust/source/anchors/trackside-ca.pem`,
            'sudo update-ca-trust',
          ),
        },
        {
          text: 'To take it back:',
          code: lines('sudo rm /etc/pki/ca-trust/source/anchors/trackside-ca.pem', 'sudo update-ca-trust'),
        },
      ],
    },
    {
      id: 'chrome',
      title: 'Chrome on Linux',
      group: 'system',
      steps: [
        {
          text: 'Chrome has a list of its own there. certutil is in libnss3-tools or nss-tools.',
          code: lines(
            ...chromeList,
            'mkdir -p "$nssdb"',
            `certutil -d "sql:$nssdb" -A -t C,, -n 'Trackside local CA' -i ${quoted(caFile)}`,
          ),
        },
        {
          text: 'To take it back:',
          code: lines(...chromeList, `certutil -d "sql:$nssdb" -D -n 'Trackside local CA'`),
        },
      ],
    },
    {
      id: 'firefox',
      title: 'Firefox',
      group: 'system',
      steps: [
        {
          text: 'On macOS and Windows it trusts what the system trusts. On Linux: Settings → Privacy & Security → View Certificates → Authorities → Import, choose this file and trust it for websites.',
          code: caFile,
        },
      ],
    },
  ]
}
