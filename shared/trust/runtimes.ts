import type { TrustGuide, TrustStep, TrustTarget } from './guide.ts'
import { isWindows, lines, powerShellText, quoted, shellText, variables } from './shell.ts'

/** Of php.ini: in single quotes everything stands for itself; only a single quote can't stand there. */
const iniText = (text: string): string =>
  text.includes("'") ? `"${text.replaceAll('"', '\\"')}"` : `'${text}'`

export function runtimes({ caFile, bundleFile, httpsUrl }: TrustTarget): TrustGuide[] {
  const call = `${httpsUrl}/v1/track`
  const body = '{"writeKey":"api","userId":"42","event":"Invoice Sent"}'
  return [
    {
      id: 'node',
      title: 'Node.js',
      group: 'runtime',
      steps: [
        {
          text: 'Set this before the process starts: Node reads it once.',
          code: variables(['NODE_EXTRA_CA_CERTS', caFile]),
        },
      ],
    },
    {
      id: 'php',
      title: 'PHP',
      group: 'runtime',
      steps: [
        {
          text: 'Put these into php.ini (`php --ini` says where it is) and restart what runs PHP. The first is for the SDK, which uses curl; the second is for streams.',
          code: lines(`curl.cainfo = ${iniText(bundleFile)}`, `openssl.cafile = ${iniText(bundleFile)}`),
        },
        {
          text: 'Or for one script, without touching php.ini:',
          code: `php -d curl.cainfo=${quoted(bundleFile)} -d openssl.cafile=${quoted(bundleFile)} script.php`,
        },
      ],
    },
    {
      id: 'ruby',
      title: 'Ruby',
      group: 'runtime',
      steps: [
        { text: 'Set this before the process starts.', code: variables(['SSL_CERT_FILE', bundleFile]) },
      ],
    },
    {
      id: 'python',
      title: 'Python',
      group: 'runtime',
      steps: [
        {
          text: 'Set these before the process starts: the first is for requests, which the SDKs use, the second for the rest.',
          code: variables(['REQUESTS_CA_BUNDLE', bundleFile], ['SSL_CERT_FILE', bundleFile]),
        },
      ],
    },
    {
      id: 'java',
      title: 'Java',
      group: 'runtime',
      steps: javaSteps(caFile),
    },
    {
      id: 'go',
      title: 'Go',
      group: 'runtime',
      steps: [
        {
          text: 'On Linux and BSD, set this before the process starts. On macOS and Windows, Go asks the system: let the system trust the CA.',
          code: variables(['SSL_CERT_FILE', bundleFile]),
        },
      ],
    },
    {
      id: 'dotnet',
      title: '.NET',
      group: 'runtime',
      steps: [
        {
          text: 'On Linux, set this before the process starts. On macOS and Windows, .NET asks the system: let the system trust the CA.',
          code: variables(['SSL_CERT_FILE', bundleFile]),
        },
      ],
    },
    {
      id: 'rust',
      title: 'Rust',
      group: 'runtime',
      steps: [
        {
          text: 'For a client that uses OpenSSL or the system’s certificates. One with its own list compiled in has to add the CA in its code.',
          code: variables(['SSL_CERT_FILE', bundleFile]),
        },
      ],
    },
    {
      id: 'curl',
      title: 'curl',
      group: 'runtime',
      steps: [
        {
          text: 'Sends a call, and trusts the CA for this once.',
          code: isWindows(caFile)
            ? `curl.exe --cacert ${quoted(caFile)} --json ${powerShellText(body)} ${call}`
            : `curl --cacert ${quoted(caFile)} -H 'Content-Type: application/json' -d ${shellText(body)} ${call}`,
        },
      ],
    },
  ]
}

/** A copy of Java's own list: a JDK that updates itself keeps nothing that was put into the original. */
function javaSteps(caFile: string): TrustStep[] {
  const add = `-importcert -noprompt -alias trackside -file ${quoted(caFile)} -storepass changeit`
  const options = (store: string): string =>
    `'-Djavax.net.ssl.trustStore=${store}' -Djavax.net.ssl.trustStorePassword=changeit`
  const where = 'JAVA_HOME has to be set. Java 8 keeps its list in jre/lib/security instead of lib/security.'
  return [
    {
      text: `Make a copy of Java’s list with the CA in it. ${where}`,
      code: isWindows(caFile)
        ? lines(
            'Copy-Item "$env:JAVA_HOME\\lib\\security\\cacerts" trackside.truststore',
            `keytool ${add} -keystore trackside.truststore`,
          )
        : lines(
            'cp -L "$JAVA_HOME/lib/security/cacerts" trackside.truststore && chmod u+w trackside.truststore',
            `keytool ${add} -keystore trackside.truststore`,
          ),
    },
    {
      text: 'Then let the process use it.',
      code: isWindows(caFile)
        ? `$env:JAVA_TOOL_OPTIONS = "${options('$PWD\\trackside.truststore')}"`
        : `export JAVA_TOOL_OPTIONS="${options('$PWD/trackside.truststore')}"`,
    },
  ]
}
