#!/usr/bin/env -S node --max-semi-space-size=8
// Nothing is imported before this: on an old Node, loading SQLite ends the process without a word.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 14)) {
  process.stderr.write(
    `NODE_TOO_OLD: Trackside needs Node 22.14 or newer, this is ${process.versions.node}. ` +
      'Run it with `npm start`, which brings its own Node.\n',
  )
  process.exit(2)
}
const { run } = await import('./command.ts')
await run(process.argv)
export {}
