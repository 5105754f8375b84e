import { execFile, execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestContext } from 'vitest'
import { inProject } from '../../scripts/project.ts'
import type { Https, Status } from '../../shared/contract/schemas.ts'
import { trustGuides } from '../../shared/trust/guides.ts'
import { RunningEngine } from './running-engine.ts'

// Real clients, which know of the CA by nothing but the lines that Trackside shows. Each must fail without them.

let engine: RunningEngine
let top: string
let folder: string
let project: string
let https: Https
let bundleFile: string

beforeAll(async () => {
  engine = await RunningEngine.start({ https: true })
  const { capture } = await engine.api<Status>('/status')
  if (capture.https === null) throw new Error('https is off')
  https = capture.https
  // Paths as macOS and people make them.
  top = mkdtempSync(join(tmpdir(), 'trackside-https-'))
  folder = join(top, "Jane's $HOME & ca")
  project = join(top, 'my project')
  for (const made of [folder, project]) mkdirSync(made)
  for (const file of [https.caFile, https.bundleFile]) copyFileSync(file, join(folder, nameOf(file)))
  bundleFile = join(folder, nameOf(https.bundleFile))
})
afterAll(async () => {
  await engine.close()
  rmSync(top, { recursive: true, force: true })
})

const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1)

/** The lines to copy of a guide's steps. */
function code(id: string): string[] {
  const guide = trustGuides({
    caFile: join(folder, nameOf(https.caFile)),
    bundleFile,
    captureUrl: engine.capture,
    httpsUrl: https.url,
  }).find((known) => known.id === id)
  if (guide === undefined) throw new Error(`There is no guide for ${id}`)
  return guide.steps.flatMap((step) => (step.code === null ? [] : [step.code]))
}

function file(name: string, content: string): string {
  writeFileSync(join(project, name), content)
  return name
}

/** Runs lines as a person does: in a shell, one after the other. Gives what they print. */
async function shell(...lines: string[]): Promise<string> {
  const {
    NODE_EXTRA_CA_CERTS: _node,
    SSL_CERT_FILE: _file,
    REQUESTS_CA_BUNDLE: _bundle,
    ...env
  } = process.env
  const { stdout } = await promisify(execFile)('sh', ['-ec', lines.join('\n')], { cwd: project, env })
  return stdout.trim()
}

function needs({ skip }: TestContext, ...command: [string, ...string[]]): void {
  const [program, ...arguments_] = command
  try {
    execFileSync(program, arguments_, { stdio: 'ignore' })
  } catch {
    skip(`this machine has no \`${command.join(' ')}\``)
  }
}

const body = (event: string): string =>
  JSON.stringify({ type: 'track', writeKey: 'api', userId: '42', event })

async function arrived(event: string): Promise<void> {
  expect((await engine.latest()).event).toBe(event)
}

it('curl, with its line as it is copied', async (test) => {
  needs(test, 'curl', '--version')
  expect(await shell(...code('curl'))).toBe('{"success":true}')
  await arrived('Invoice Sent')
  await expect(shell(`curl -sS ${https.url}/v1/track`)).rejects.toThrow(/certificate/i)
})

it('the real Node SDK, in a process of its own', async () => {
  const script = `
    const { Analytics } = require(${JSON.stringify(inProject('node_modules/@segment/analytics-node'))})
    const analytics = new Analytics({ writeKey: 'api', host: ${JSON.stringify(https.url)}, maxRetries: 0 })
    analytics.on('error', (error) => { console.error(error); process.exitCode = 1 })
    analytics.track({ userId: '42', event: 'Node Called' })
    analytics.closeAndFlush()
  `
  const run = `'${process.execPath}' ${file('sdk.cjs', script)}`
  await shell(...code('node'), run)
  await arrived('Node Called')
  await expect(shell(run)).rejects.toThrow(/code|certificate/i)
})

const php = (event: string): string =>
  `<?php
  $handle = curl_init('URL');
  curl_setopt($handle, CURLOPT_POSTFIELDS, '${body(event)}');
  curl_setopt($handle, CURLOPT_RETURNTRANSFER, true);
  echo curl_exec($handle) ?: curl_error($handle);
`.replace('URL', `${https.url}/v1/track`)

it('PHP, by php.ini and by the line for one script', async (test) => {
  needs(test, 'php', '-r', 'exit(extension_loaded("curl") ? 0 : 1);')
  const [ini = '', line = ''] = code('php')
  file('php.ini', ini)
  file('script.php', php('PHP Called'))
  expect(await shell('php -c ./php.ini script.php')).toBe('{"success":true}')
  await arrived('PHP Called')
  file('streams.php', `<?php echo file_get_contents('${https.url}/trackside-ca.pem');`)
  expect(await shell('php -c ./php.ini streams.php')).toContain('BEGIN CERTIFICATE')
  expect(await shell(line)).toBe('{"success":true}')
  expect(await shell('php script.php')).toMatch(/certificate/i)
})

it('Ruby', async (test) => {
  needs(test, 'ruby', '-ropenssl', '-e', '')
  const script = file(
    'script.rb',
    `require 'net/http'
     uri = URI('${https.url}/v1/import')
     answer = Net::HTTP.start(uri.host, uri.port, use_ssl: true) { |http| http.post(uri.path, '${body('Ruby Called')}') }
     puts answer.body`,
  )
  expect(await shell(...code('ruby'), `ruby ${script}`)).toBe('{"success":true}')
  await arrived('Ruby Called')
  await expect(shell(`ruby ${script}`)).rejects.toThrow(/certificate verify failed/)
})

it('Python’s requests', async (test) => {
  needs(test, 'python3', '-c', 'import requests')
  const script = file(
    'script.py',
    `import requests
print(requests.post('${https.url}/v1/batch', data='${body('Python Called')}').text)`,
  )
  expect(await shell(...code('python'), `python3 ${script}`)).toBe('{"success":true}')
  await arrived('Python Called')
  await expect(shell(`python3 ${script}`)).rejects.toThrow(/CERTIFICATE_VERIFY_FAILED/)
})

it('Python’s urllib, as strict as it gets', async (test) => {
  needs(test, 'python3', '-c', 'import ssl; ssl.VERIFY_X509_STRICT')
  const script = file(
    'strict.py',
    `import ssl, urllib.request
context = ssl.create_default_context()
context.verify_flags |= ssl.VERIFY_X509_STRICT
print(urllib.request.urlopen('${https.url}/v1/track', b'${body('Python Called Strictly')}', context=context).read().decode())`,
  )
  expect(await shell(...code('python'), `python3 ${script}`)).toBe('{"success":true}')
  await arrived('Python Called Strictly')
  await expect(shell(`python3 ${script}`)).rejects.toThrow(/CERTIFICATE_VERIFY_FAILED/)
})

it('Java', async (test) => {
  needs(test, 'sh', '-c', 'java --list-modules | grep jdk.compiler && keytool -help')
  const script = file(
    'Client.java',
    `import java.net.*; import java.nio.charset.StandardCharsets;
     class Client { public static void main(String[] arguments) throws Exception {
       var connection = (HttpURLConnection) new URL("${https.url}/v1/import/").openConnection();
       connection.setDoOutput(true);
       connection.getOutputStream().write(${JSON.stringify(body('Java Called'))}.getBytes(StandardCharsets.UTF_8));
       System.out.println(new String(connection.getInputStream().readAllBytes()));
     } }`,
  )
  const home =
    'export JAVA_HOME="${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}"'
  expect(await shell(home, ...code('java'), `java ${script}`)).toContain('{"success":true}')
  await arrived('Java Called')
  await expect(shell(`java ${script}`)).rejects.toThrow(/PKIX/)
})

it('Go', async (test) => {
  needs(test, 'go', 'version')
  const script = file(
    'client.go',
    `package main

import ("fmt"; "io"; "net/http"; "os"; "strings")

func main() {
	answer, err := http.Post("${https.url}/v1/batch", "application/json", strings.NewReader(${JSON.stringify(body('Go Called'))}))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	io.Copy(os.Stdout, answer.Body)
}
`,
  )
  // Of the standard library alone, so that nothing is fetched.
  await shell(`GOPROXY=off go build -o client ${script}`)
  expect(await shell(...code('go'), './client')).toBe('{"success":true}')
  await arrived('Go Called')
  await expect(shell('./client')).rejects.toThrow(/certificate signed by unknown authority/)
}, 240_000)

it('who is given the bundle goes on trusting all others', () => {
  const pems = readFileSync(bundleFile, 'utf8').match(/-----BEGIN CERTIFICATE-----/g) ?? []
  expect(pems.length).toBeGreaterThan(100)
  expect(readFileSync(bundleFile, 'utf8').startsWith(readFileSync(https.caFile, 'utf8'))).toBe(true)
})
