import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { engineFlags } from '../../electron/engine/memory.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { inProject } from '../../scripts/project.ts'

test('the command and the script of its name start Node with the flags of an engine', () => {
  const node = ['node', ...engineFlags].join(' ')
  const [firstLine] = readFileSync(inProject('electron/cli/main.ts'), 'utf8').split('\n')
  expect(firstLine).toBe(`#!/usr/bin/env -S ${node}`)
  expect(packageJson.scripts.trackside).toBe(`${node} ${packageJson.bin.trackside}`)
})
