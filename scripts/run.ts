import { spawn } from 'node:child_process'
import { inProject, root } from './project.ts'

interface RunOptions {
  env?: Readonly<Record<string, string>>
}

/** Runs a program on this terminal and gives back its exit code; a program that can't be started counts as 127. */
export function run(
  command: string,
  args: readonly string[],
  { env = {} }: RunOptions = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    const forward = (signal: NodeJS.Signals): void => {
      // Ctrl+C reaches the child by itself; a second SIGINT would read as "do not even finish".
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    }
    process.on('SIGINT', forward).on('SIGTERM', forward)
    const finish = (code: number): void => {
      process.off('SIGINT', forward).off('SIGTERM', forward)
      resolve(code)
    }
    child.once('error', (error) => {
      console.error(`${command} can't be started: ${error.message}`)
      finish(127)
    })
    child.once('exit', (code) => finish(code ?? 1))
  })
}

/** A tool of node_modules under this very Node: no shell, no .cmd file, no other Node of the machine. */
export function runTool(script: string, args: readonly string[], options?: RunOptions): Promise<number> {
  return run(process.execPath, [inProject(`node_modules/${script}`), ...args], options)
}

/** Runs a program whose output nobody needs to see; what it said last tells why it failed. Ends it after `limitMs`. */
export function runQuietly(
  command: string,
  args: readonly string[],
  limitMs: number,
): Promise<{ exitCode: number; lastLine: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], timeout: limitMs })
    let said = ''
    const listen = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-4_000)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('error', (error) => resolve({ exitCode: 127, lastLine: error.message }))
    child.once('close', (code) => {
      const lines = said.split('\n').map((line) => line.trim())
      const told = lines.find((line) => /error/i.test(line)) ?? lines.findLast((line) => line !== '')
      resolve({ exitCode: code ?? 1, lastLine: told ?? 'it took too long' })
    })
  })
}
